"""A built `candor` and its portal, driven from outside: for the scripts beside this one."""
import json
import os
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

PASSWORD = "correct horse battery"
# bcrypt of that, at cost 4
HASH = "$2b$04$G/7tOKTiDKWJF4zn5hCUY.92CqTOOhmtkb0E.w4Nf3mBI.snpsph6"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(Stay)


class Candor:
    """The command, on one data folder."""

    def __init__(self, program, data):
        self.program = program
        self.env = {**os.environ, "CANDOR_DATA_DIR": data, "CANDOR_BCRYPT_COST": "4", "RUST_LOG": "warn"}

    def run(self, *words, text=None):
        words = [self.program, *words]
        return subprocess.run(words, input=text, text=True, check=True, stdout=subprocess.PIPE, env=self.env).stdout

    def import_lines(self, lines):
        self.run("import", "--tenant", "lumaire", "-", text="\n".join(map(json.dumps, lines)))

    def token(self, name, *grants):
        return re.search(r"candor_\S+", self.run("token", "make", "--tenant", "lumaire", "--name", name, *grants))[0]

    def serve(self, *more, log=None):
        return Portal(self, more, log)


class Portal:
    """The command, serving."""

    def __init__(self, candor, more, log):
        words = [candor.program, "serve", "--listen", "127.0.0.1:0", *more]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True, env=candor.env)
        for line in self.process.stdout:
            if found := re.match(r"Candor serves on 127\.0\.0\.1:(\d+)", line):
                self.port = found[1]
                return
        raise SystemExit(f"{candor.program} does not serve")

    def send(self, path, form=None, cookie="", token=None, body=None, method=None):
        headers = {"Host": "lumaire.localhost", "Sec-Fetch-Site": "same-origin", "Cookie": cookie}
        content = urllib.parse.urlencode(form).encode() if form is not None else None
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            content, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", content, headers, method=method)
        try:
            answer = opener.open(request)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.headers, answer.read().decode(errors="replace")

    def redirected(self, path, form, cookie=""):
        status, headers, text = self.send(path, form, cookie)
        assert status == 303, (path, status, text)
        return headers

    def sign_in(self, email):
        return self.redirected("/sign-in", {"email": email, "password": PASSWORD})["Set-Cookie"].split(";")[0]

    def confirm(self, cookie, task, where):
        self.redirected("/account/confirm", {"task": task, "next": where, "password": PASSWORD}, cookie)

    def delete(self, email):
        """Asks for the erasure of a person; answers the receipt's code."""
        cookie = self.sign_in(email)
        self.confirm(cookie, "deletion", "/account/delete")
        return re.search(r"/receipts/([\w-]+)", self.redirected("/account/delete", {}, cookie)["Location"])[1]

    def export(self, cookie):
        """Asks for an export; answers its path."""
        self.confirm(cookie, "export", "/account/export")
        return self.redirected("/account/export", {}, cookie)["Location"]

    def write(self, **form):
        """Sends the contact form."""
        _, _, page = self.send("/contact/write")
        form["form"] = re.search(r'name="form"[^>]*value="([^"]*)"', page)[1].replace("&amp;", "&")
        time.sleep(3.2)  # sooner is taken for a program
        self.redirected("/contact/write", form)

    def until(self, path, done, cookie=""):
        """Reads a page until it is as wanted."""
        for _ in range(600):
            status, headers, text = self.send(path, cookie=cookie)
            if done(status, headers, text):
                return text
            time.sleep(0.1)
        raise SystemExit(f"{path} does not come to its end: {status}")

    def until_erased(self, receipt):
        self.until(f"/receipts/{receipt}", lambda status, headers, _: status == 200 and not headers["Refresh"])

    def stop(self):
        self.process.terminate()
        self.process.wait()


def record(id, what, date, people, **data):
    category, kind = what.split("/")
    return {"type": "record", "id": id, "category": category, "kind": kind, "date": date, "source": "platform",
            "subjects": [f"u-{name}" for name in people], "data": data}


def person(name):
    """A person with an account and a record in three categories, as lines of an import."""
    email = f"{name}@example.org"
    return [
        {"type": "subject", "id": f"u-{name}", "email": email, "name": f"{name.title()} Winter"},
        {"type": "account", "subject": f"u-{name}", "email": email, "bcrypt": HASH},
        record(f"{name}-1", "account/profile", "2024-02-01", [name], name=name.title(), email=email),
        record(f"{name}-2", "payment/stripe-payment", "2026-08-03", [name],
               **{"payment-intent": f"pi_3{name}", "amount": 4900, "currency": "eur"}),
        record(f"{name}-3", "course-progress/course-progress", "2026-09-01", [name],
               course="Rust", modules=[{"title": "One", "done": True}, {"title": "Two", "done": False}]),
    ]
