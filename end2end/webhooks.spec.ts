// Webhooks: an admin adds an endpoint, and a receiver with another library verifies what it is told.

import type { Page } from "@playwright/test";

import { address, axe, confirm, expect, fitsPhone, login, signIn, test, visit } from "./fixtures.ts";
import { received, receiver, want } from "./receiver.ts";

/** Adds an endpoint for a path of the receiver; the answer is the secret. */
async function add(page: Page, path: string, name: string): Promise<string> {
  await page.getByLabel("Address").fill(receiver(path));
  await page.getByLabel("What it is (optional)").fill(name);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("h1")).toHaveText("Its secret");
  return (await page.locator("code.secret").textContent()) ?? "";
}

/** The line of the log that is the newest. */
function newest(page: Page) {
  return page.getByRole("table").locator("tbody tr").first();
}

/** Looks at the log again until its newest line says something. */
async function says(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(newest(page)).toContainText(text, { timeout: 500 });
  }).toPass({ timeout: 30_000 });
}

test("an admin adds an endpoint, tests it, and sees what became of a message", async ({ page }) => {
  const project = test.info().project.name;
  const path = `/${project}`;
  const name = `CRM of ${project}`;
  await signIn(page, "lumaire", "admin");
  await visit(page, "lumaire", "/studio/webhooks");
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("link", { name: "Add an endpoint" }).click();
  await confirm(page, "lumaire", login("lumaire", "admin").password, "/studio/webhooks/new");
  await axe(page);
  await fitsPhone(page);

  // What leads into a network that nobody allowed is refused, and the form keeps the rest.
  await page.getByLabel("Address").fill("https://10.0.0.1/hook");
  await page.getByLabel("What it is (optional)").fill(name);
  await page.getByLabel("Consents and objections").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("private network");
  await expect(page.getByLabel("What it is (optional)")).toHaveValue(name);
  await expect(page.getByLabel("Consents and objections")).not.toBeChecked();
  await axe(page);
  const secret = await add(page, path, name);
  expect(secret).toMatch(/^whsec_/);
  await axe(page);
  await fitsPhone(page);
  await want(path, { secret, status: 204 });
  await page.getByRole("link", { name: "I have put it there" }).click();
  await expect(page.locator("h1")).toHaveText(name);
  await expect(page.locator("body")).not.toContainText(secret);

  await page.getByRole("button", { name: "Send a test" }).click();
  await says(page, "delivered");
  await expect(newest(page)).toContainText("204");
  await expect(newest(page).getByRole("button")).toHaveCount(0);
  const [first] = await received(path);
  expect(first).toMatchObject({ verified: true, body: { type: "test", do: "nothing", data: {} } });
  await axe(page);
  await fitsPhone(page);

  // The receiver is down: it is tried again by itself, and by hand once it is back.
  await want(path, { secret });
  await page.getByRole("button", { name: "Send a test" }).click();
  await says(page, "the connection failed");
  await expect(newest(page)).toContainText("waiting");
  // What others in the house do meanwhile is told here as well.
  const tests = async () => (await received(path)).filter(({ body }) => (body as { type?: string }).type === "test");
  await expect.poll(async () => (await tests()).length, { timeout: 30_000 }).toBe(3);
  await says(page, "waiting");
  await want(path, { secret, status: 200 });
  await newest(page).getByRole("button", { name: "Send again now" }).click();
  await says(page, "delivered");
  const [, ...again] = await tests();
  expect(new Set(again.map((message) => message.id)).size).toBe(1);
  expect(again.every((message) => message.verified)).toBe(true);

  // With a new secret, the one before is good for a day more; one that was never ours is not.
  await page.getByRole("link", { name: "New secret" }).click();
  await page.getByRole("button", { name: "New secret" }).click();
  const next = (await page.locator("code.secret").textContent()) ?? "";
  expect(next).not.toBe(secret);
  await page.getByRole("link", { name: "I have put it there" }).click();
  for (const good of [secret, next]) {
    const before = (await tests()).length;
    await want(path, { secret: good, status: 200 });
    await page.getByRole("button", { name: "Send a test" }).click();
    await expect.poll(async () => (await received(path)).length).toBe(before + 1);
    expect((await received(path)).at(-1)?.verified).toBe(true);
  }
  await want(path, { secret: `whsec_${Buffer.alloc(32).toString("base64")}`, status: 200 });
  await page.getByRole("button", { name: "Send a test" }).click();
  await says(page, "401");

  await page.getByRole("link", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page).toHaveURL(address("lumaire", "/studio/webhooks"));
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

test("an auditor reads the list and changes nothing", async ({ page }) => {
  await signIn(page, "lumaire", "auditor");
  await visit(page, "lumaire", "/studio/webhooks");
  await expect(page.getByRole("link", { name: "Add an endpoint" })).toHaveCount(0);
});
