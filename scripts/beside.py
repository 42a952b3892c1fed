#!/usr/bin/env python3
"""What scripts/beside does: two versions on one database and keyring, told things and asked things in turns."""
import os
import re
import subprocess
import sys

from portal import Candor, person, record

old_program, new_program, temp = sys.argv[1:4]
url = os.environ["CANDOR_TEST_POSTGRES"]
host = re.search(r"@([^/]*)/", url)[1]


def sql(statement, database="postgres"):
    subprocess.run(["psql", "-q", f"postgres://postgres@{host}/{database}", "-c", statement], check=True)


def address(role, database="beside"):
    return f"postgres://beside_{role}@{host}/{database}"


sql("create role beside_owner login createrole")
sql("create database beside owner beside_owner")
sql("create database beside_keys owner beside_owner")
sql("alter schema public owner to beside_owner", "beside")
os.environ.update(
    CANDOR_OWNER_URL=address("owner"), CANDOR_DATABASE_URL=address("tenant"), CANDOR_ACROSS_URL=address("across"),
    CANDOR_KEYRING=address("owner", "beside_keys"), CANDOR_TRIES_PER_ADDRESS="1000000", CANDOR_MAILS_PER_ADDRESS="1000")
old, new = Candor(old_program, temp), Candor(new_program, temp)

old.run("migrate")
sql("create role beside_tenant login in role candor_tenant")
sql("create role beside_across login in role candor_across")
old.run("tenant", "apply", "demo/lumaire-2.toml")
names = [f"person{number}" for number in range(12)]
old.import_lines([line for name in names for line in person(name)])
token = old.token("beside", "write", "read", "erase", "permissions")

logs = {version: open(f"{temp}/{version}.log", "w+") for version in ("old", "new")}
first = old.serve(log=logs["old"])
# The earlier version serves while the schema goes on.
print(new.run("migrate").strip())
second = new.serve(log=logs["new"])
both = (first, second)
seen = []


def asks(portal, path, wanted=(200,), **how):
    status, headers, text = portal.send(path, **how)
    seen.append((portal is second, path, status))
    assert status in wanted, (portal is second, path, status, text[:2000])
    return headers, text


for turn in range(6):
    here, there = both if turn % 2 else both[::-1]
    name = names[turn]
    for portal in both:
        for path in ("/", "/policy", "/policy/history", "/policy.json", "/contact", "/contact/write", "/requests", "/sign-in"):
            asks(portal, path)
    cookie = here.sign_in(f"{name}@example.org")
    here.confirm(cookie, "disclosure", "/account")
    for portal in both:
        for path in ("/account", "/account/answer", "/account/timeline", "/account/category/payment", "/account/choices"):
            asks(portal, path, cookie=cookie)
    export = here.export(cookie)
    there.until(export, lambda status, headers, _: status == 200 and not headers["Refresh"], cookie)
    asks(there, f"{export}/zip", cookie=cookie)
    for portal in both:
        line = record(f"{name}-new", "account/profile", "2026-02-01", [name], name=name, turn=turn)
        asks(portal, "/api/v1/records", (200, 201, 204), token=token, body={k: v for k, v in line.items() if k != "type"},
             method="POST")
        asks(portal, f"/api/v1/subjects/u-{name}", token=token)
    receipt = here.delete(f"{name}@example.org")
    there.until_erased(receipt)
    for portal in both:
        asks(portal, f"/receipts/{receipt}")
        asks(portal, f"/api/v1/subjects/u-{name}", (410,), token=token)
here.write(reason="child", email="r@example.org", name="R", about=f"{names[8]}@example.org", text="Eleven.")
there.write(reason="child", email="s@example.org", name="S", about=f"{names[8]}@example.org", text="Eleven.")

for portal in both:
    portal.stop()
for version, log in logs.items():
    log.seek(0)
    text = log.read()
    bad = [line for line in text.splitlines() if re.search("panicked|ERROR|a job failed", line)]
    assert not bad, (version, bad[:10])
print(f"{len(seen)} answers of two versions, none of them a failure")
