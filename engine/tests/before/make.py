#!/usr/bin/env python3
"""Makes what engine/tests/it/upgrade.rs upgrades, by driving a built `candor` of the version that is to be upgraded from.

    make.py CANDOR DATA-DIR DEMO-DIR

On PostgreSQL where CANDOR_DATABASE_URL and CANDOR_ACROSS_URL say so, on a database that was migrated; candor.sql is then what
`pg_dump --inserts` says of it. Everybody here is made up, and the keys lock nothing else.
"""
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

candor, data, demo = sys.argv[1:4]
os.environ.update(CANDOR_DATA_DIR=data, RUST_LOG="error")
PASSWORD = "correct horse battery"
# bcrypt of that, at cost 4
HASH = "$2b$04$G/7tOKTiDKWJF4zn5hCUY.92CqTOOhmtkb0E.w4Nf3mBI.snpsph6"

def command(*words, text=None):
    return subprocess.run([candor, *words], input=text, text=True, check=True, stdout=subprocess.PIPE).stdout

def record(id, what, date, people, **data):
    category, kind = what.split("/")
    return {"type": "record", "id": id, "category": category, "kind": kind, "date": date, "source": "platform",
            "subjects": [f"u-{name}" for name in people], "data": data}

class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None

opener = urllib.request.build_opener(Stay)

class Server:
    def __init__(self, *more):
        words = [candor, "serve", "--listen", "127.0.0.1:0", "--bcrypt-cost", "4", *more]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if found := re.match(r"Candor serves on 127\.0\.0\.1:(\d+)", line):
                self.port = found[1]
                return

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
        return answer.status, answer.headers, answer.read().decode()

    def sign_in(self, email):
        status, headers, _ = self.send("/sign-in", {"email": email, "password": PASSWORD})
        assert status == 303, (status, _)
        return headers["Set-Cookie"].split(";")[0]

    def confirm(self, cookie, task, where):
        status, _, text = self.send("/account/confirm", {"task": task, "next": where, "password": PASSWORD}, cookie)
        assert status == 303, (status, text)

    def delete(self, email):
        cookie = self.sign_in(email)
        self.confirm(cookie, "deletion", "/account/delete")
        status, headers, text = self.send("/account/delete", {}, cookie)
        assert status == 303, (status, text)
        return re.search(r"/receipts/([\w-]+)", headers["Location"])[1]

    def write(self, **form):
        _, _, page = self.send("/contact/write")
        form["form"] = re.search(r'name="form"[^>]*value="([^"]*)"', page)[1].replace("&amp;", "&")
        time.sleep(3.2)  # sooner is taken for a program
        status, _, text = self.send("/contact/write", form)
        assert status == 303, (status, text)

    def stop(self):
        self.process.terminate()
        self.process.wait()

command("tenant", "apply", f"{demo}/lumaire-2.toml")
people = []
for name in ["ada", "ben", "carla", "dmitri", "elif"]:
    email = f"{name}@example.org"
    people += [
        {"type": "subject", "id": f"u-{name}", "email": email, "name": f"{name.title()} Winter"},
        {"type": "account", "subject": f"u-{name}", "email": email, "bcrypt": HASH},
        record(f"{name}-1", "account/profile", "2024-02-01", [name], name=name.title(), email=email),
        record(f"{name}-2", "payment/stripe-payment", "2026-08-03", [name],
               **{"payment-intent": f"pi_3{name}", "amount": 4900, "currency": "eur"}),
        record(f"{name}-3", "course-progress/course-progress", "2026-09-01", [name],
               course="Rust", modules=[{"title": "One", "done": True}, {"title": "Two", "done": False}]),
    ]
people += [
    record("both", "communication/message", "2026-10-02", ["ada", "ben"], subject="To both", text="Shared"),
    {"type": "event", "id": "e-1", "name": "account-closed", "date": "2026-05-07", "subject": "u-carla"},
]
command("import", "--tenant", "lumaire", "-", text="\n".join(map(json.dumps, people)))
grants = ["write", "read", "erase", "permissions"]
token = command("token", "make", "--tenant", "lumaire", "--name", "before", *grants).split()[-1]

# With a worker: Ben is erased, and his receipt is whole; two reports about Ada as a child are in hand.
server = Server()
told = {"token": token, "password": PASSWORD}
told["erased"] = {"person": "ben@example.org", "receipt": server.delete("ben@example.org")}
for number in (1, 2):
    server.write(reason="child", email=f"reporter-{number}@example.org", name="A reporter", about="ada@example.org",
                 text="This person is eleven.")
server.write(reason="question", email="eve@example.org", name="Eve", about="", text="Hello")
for _ in range(300):
    _, headers, _ = server.send(f"/receipts/{told['erased']['receipt']}")
    if not headers["Refresh"]:
        break
    time.sleep(0.1)
else:
    raise SystemExit("the erasure does not end")
cookie = server.sign_in("elif@example.org")
told["session"] = {"cookie": cookie}
server.confirm(cookie, "export", "/account/export")
status, _, text = server.send("/account/export", {}, cookie)
assert status == 303, (status, text)
time.sleep(2)
server.stop()
# Without one: Dmitri's erasure is asked for and not begun, and a mail waits.
server = Server("--no-worker")
told["asked"] = {"person": "dmitri@example.org", "receipt": server.delete("dmitri@example.org")}
server.stop()
json.dump(told, open(f"{data}/told.json", "w"), indent=2)
