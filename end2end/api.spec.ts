// The tenant's own systems and their people: a token, what it tells, what a person chooses, what an organisation sees.

import { address, ask, axe, confirm, expect, fillSignIn, fitsPhone, login, makeAccount, signIn, test, visit } from "./fixtures.ts";

const project = () => test.info().project.name;

/** A request of one of the tenant's systems. */
async function call(token: string, method: string, path: string, body?: unknown): Promise<{ status: number; json: Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await ask("lumaire", `/api/v1/${path}`, { method, headers, body: body === undefined ? "" : JSON.stringify(body) });
  return { status: answer.status, json: JSON.parse(answer.body.toString("utf8")) };
}

test("L3, L7: what a token tells is what a person sees, and what a person refuses is what a token is told", async ({ page, browser }) => {
  await signIn(page, "lumaire", "admin");
  await visit(page, "lumaire", "/studio/tokens");
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("link", { name: "Make a token" }).click();
  await confirm(page, "lumaire", login("lumaire", "admin").password, "/studio/tokens/new");
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose at least one thing");
  await axe(page);
  await fitsPhone(page);
  const name = `Courses, ${project()}`;
  await page.getByLabel("What is it for?").fill(name);
  for (const grant of ["bring in people", "open erasures", "ask what is permitted"]) await page.getByLabel(grant).check();
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(page.locator("h1")).toHaveText("Copy the token now");
  await axe(page);
  await fitsPhone(page);
  const token = (await page.locator("#token").textContent()) ?? "";
  expect(token).toMatch(/^candor_/);

  // A system tells of somebody new, of what they have done, and to whom it was given.
  const id = `u-${project()}`;
  const email = `${id}@example.net`;
  expect((await call(token, "PUT", `subjects/${id}`, { email, name: "Nora Field" })).status).toBe(201);
  const modules = [
    { title: "One", done: true },
    { title: "Two", done: false },
  ];
  const record = { id: `r-${id}`, category: "course-progress", kind: "course-progress", date: "2026-01-05", subjects: [id], source: "platform" };
  expect((await call(token, "POST", "records", { ...record, data: { course: "Bookbinding", modules } })).status).toBe(201);
  const paid = { id: `p-${id}`, category: "payment", kind: "x-note", date: "2026-01-05", subjects: [id], source: "stripe" };
  const card = await call(token, "POST", "records", { ...paid, data: { note: "4242 4242 4242 4242" } });
  expect([card.status, card.json.type]).toEqual([422, "/api/v1/docs#card-number"]);
  const given = { id: `d-${id}`, subject: id, category: "course-progress", recipient: "vercel", date: "2026-01-06" };
  expect((await call(token, "POST", "disclosures", given)).status).toBe(201);

  // The person makes an account, and sees all of it.
  const context = await browser.newContext({ javaScriptEnabled: test.info().project.use.javaScriptEnabled });
  const person = await context.newPage();
  const account = await makeAccount(person, "lumaire", email);
  await visit(person, "lumaire", "/sign-in");
  await fillSignIn(person, account);
  await expect(person).toHaveURL(address("lumaire", "/account"));
  await visit(person, "lumaire", "/account");
  await expect(person.locator("body")).toContainText("Lumaire holds one thing about you");
  await visit(person, "lumaire", "/account/category/course-progress");
  await expect(person.locator(".records")).toContainText("Bookbinding");
  await visit(person, "lumaire", "/account/timeline");
  await expect(person.locator(".happened")).toContainText("one item was added");
  await expect(person.locator(".happened")).toContainText("given to");
  await axe(person);
  await fitsPhone(person);

  // They object to what rests on an interest, without being asked who they are again.
  await visit(person, "lumaire", "/account/choices");
  await axe(person);
  await fitsPhone(person);
  const permissions = async () => (await call(token, "GET", `subjects/${id}/permissions`)).json as {
    purposes: { purpose: string; allowed: boolean; reason: string }[];
    sale_or_sharing: { allowed: boolean; reason: string };
  };
  expect((await permissions()).purposes.filter(({ reason }) => reason === "refused")).toEqual([]);
  await person.getByRole("button", { name: "Object to it" }).first().click();
  await expect(person.getByText("You have objected")).toBeVisible();
  const refused = (await permissions()).purposes.filter(({ reason }) => reason === "refused");
  expect(refused).toHaveLength(1);
  expect(refused[0]?.allowed).toBe(false);
  await person.getByRole("button", { name: "Allow it again" }).click();
  await expect(person.getByText("You have objected")).toHaveCount(0);

  // A browser's signal needs no form.
  await person.setExtraHTTPHeaders({ "sec-gpc": "1" });
  await visit(person, "lumaire", "/account/choices");
  await expect(person.getByRole("status")).toContainText("Global Privacy Control");
  await axe(person);
  expect((await permissions()).sale_or_sharing).toMatchObject({ allowed: false, reason: "signal" });
  await context.close();

  // The system asks for the erasure; after it, the person is not brought back.
  expect((await call(token, "DELETE", `subjects/${id}`)).status).toBe(202);
  await expect.poll(async () => (await call(token, "PUT", `subjects/${id}`, { email })).status).toBe(410);

  // A token that is revoked opens nothing any more.
  await visit(page, "lumaire", "/studio/tokens");
  await axe(page);
  await page.getByRole("link", { name: `Revoke “${name}”` }).click();
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect(page.locator("h1")).toHaveText("API tokens");
  expect((await call(token, "GET", `subjects/${id}/permissions`)).status).toBe(401);
});

test("the page about the API loads nothing but itself", async ({ page, requests }) => {
  for (const language of ["en", "de"]) {
    await visit(page, "lumaire", `/api/v1/docs?lang=${language}`);
    await axe(page);
    await fitsPhone(page);
  }
  expect(requests.every((request) => request.url().startsWith(address("lumaire", "/")))).toBe(true);
});

test("E2, E8: an organisation's administrator sees what is held on its behalf, and nobody else does", async ({ page, browser }) => {
  await signIn(page, "lumina-erp", "customer");
  await visit(page, "lumina-erp", "/account");
  await page.getByRole("link", { name: /on behalf of Bayou Pumps/ }).click();
  await expect(page.locator("h1")).toHaveText("Bayou Pumps Inc.");
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("link", { name: /trained model/i }).click();
  await expect(page.locator(".records")).toContainText("erp-1-1");
  await expect(page.locator(".records")).not.toContainText("erp-2");
  await axe(page);
  await fitsPhone(page);

  const context = await browser.newContext({ javaScriptEnabled: test.info().project.use.javaScriptEnabled });
  const colleague = await context.newPage();
  await signIn(colleague, "lumina-erp", "customer", 1);
  await visit(colleague, "lumina-erp", "/account");
  await expect(colleague.getByRole("link", { name: /on behalf of/ })).toHaveCount(0);
  expect((await colleague.goto(address("lumina-erp", "/account/organisation")))?.status()).toBe(404);
  await context.close();
});
