// Showing once more who one is, before something that matters.

import { address, axe, confirm, expect, fitsPhone, hasScripts, login, mailedCodes, signIn, test, visit, type Tenant } from "./fixtures.ts";

// Somebody of each project's own, whom no other test deletes or mails a code.
const tenant = (): Tenant => (hasScripts() ? "lumaire" : "lumina-erp");
const person = 0;
const asked = (task: string, next: string) => `/account/confirm?task=${task}&next=${encodeURIComponent(next)}`;

test("the password opens what was asked for, and not anything else", async ({ page }) => {
  await signIn(page, tenant(), "customer", person);
  await page.getByRole("link", { name: "Delete my data" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Please show that it is you");
  await expect(page.getByRole("main")).toContainText("Deleting cannot be undone.");
  await axe(page);
  await fitsPhone(page);
  await confirm(page, tenant(), login(tenant(), "customer", person).password, "/account/delete");
  await expect(page.getByRole("button", { name: "Delete my data now" })).toBeVisible();

  // Deleting was confirmed; taking everything along was not.
  await visit(page, tenant(), "/account/export");
  await page.getByRole("button", { name: "Prepare my download" }).click();
  await page.getByRole("link", { name: "Download the ZIP file" }).click({ timeout: 20_000 });
  await expect(page).toHaveURL(new RegExp(`^${address(tenant(), "/account/confirm")}\\?task=export`));
  await page.getByRole("link", { name: "Do not continue" }).click();
  await expect(page).toHaveURL(address(tenant(), "/account"));
});

test("a wrong password is refused, and what was asked for stays asked", async ({ page }) => {
  await signIn(page, tenant(), "customer", person);
  await visit(page, tenant(), "/account/delete");
  await page.getByLabel("Password").fill("not it");
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Continue" }).click();
  expect((await answer).status()).toBe(422);
  const summary = page.getByRole("alert");
  await expect(summary).toContainText("This is not your password. Nothing has been changed.");
  if (hasScripts()) await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Error:/);
  await expect(page.getByLabel("Password")).toHaveValue("");
  await axe(page);
  await fitsPhone(page);

  await page.getByLabel("Password").fill(login(tenant(), "customer", person).password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(address(tenant(), "/account/delete"));
});

for (const language of ["en", "de"]) {
  test(`the page is read in ${language}, with a password and with a code`, async ({ page }) => {
    await signIn(page, tenant(), "customer", person);
    for (const task of ["disclosure", "export", "deletion", "credentials", "publication", "settings", "release"]) {
      for (const sent of ["", "&sent=1"]) {
        await visit(page, tenant(), `${asked(task, "/account")}${sent}&lang=${language}`);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await axe(page);
        await fitsPhone(page);
      }
    }
  });
}

test("it leads nowhere but into the portal", async ({ page }) => {
  await signIn(page, tenant(), "customer", person);
  for (const path of [asked("export", "//elsewhere.example"), asked("export", "https://elsewhere.example/"), asked("nothing", "/account"), "/account/confirm"]) {
    expect((await page.goto(address(tenant(), path)))?.status(), path).toBe(404);
  }
});

// Both have codes mailed to one person, and a new code replaces the one before.
test.describe("by mail", () => {
  test.describe.configure({ mode: "serial" });

  /** Has a code mailed, and waits for the mail. */
  async function mailed(page: Parameters<typeof signIn>[0], button: string): Promise<string> {
    const { email } = login(tenant(), "customer", person);
    const before = mailedCodes(email);
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByLabel("Code")).toBeVisible();
    const fresh = () => {
      const left = [...before];
      return mailedCodes(email).filter((code) => {
        const known = left.indexOf(code);
        if (known >= 0) left.splice(known, 1);
        return known < 0;
      });
    };
    await expect.poll(() => fresh().length, { timeout: 20_000 }).toBe(1);
    return fresh()[0] ?? "";
  }

  test("the code that was mailed does as well", async ({ page }) => {
    await signIn(page, tenant(), "customer", person);
    await visit(page, tenant(), "/account/delete");
    const code = await mailed(page, "Send me a code by mail");
    await axe(page);
    await fitsPhone(page);
    await page.getByRole("link", { name: "Use my password instead" }).click();
    await expect(page.getByLabel("Password")).toBeVisible();
    await page.goBack();
    await page.getByLabel("Code").fill(code);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(address(tenant(), "/account/delete"));
    await expect(page.getByRole("button", { name: "Delete my data now" })).toBeVisible();
  });

  test("a wrong code can be put right, five wrong ones end it, and another code helps", async ({ page }) => {
    await signIn(page, tenant(), "customer", person);
    await visit(page, tenant(), "/account/delete");
    const code = await mailed(page, "Send me a code by mail");
    const wrong = code === "123456" ? "654321" : "123456";
    const summary = page.getByRole("alert");
    for (let attempt = 1; attempt <= 5; attempt++) {
      await page.getByLabel("Code").fill(wrong);
      const answer = page.waitForResponse((response) => response.request().method() === "POST");
      await page.getByRole("button", { name: "Continue" }).click();
      expect((await answer).status()).toBe(422);
      await expect(summary).toContainText(attempt < 5 ? "This is not the code that we sent last." : /not the code|no longer good/);
      if (attempt === 1) {
        // What was typed stays, to be compared.
        await expect(page.getByLabel("Code")).toHaveValue(wrong);
        await axe(page);
      }
    }
    // Now the right one is too late.
    await page.getByLabel("Code").fill(code);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(summary).toContainText("That code is no longer good");
    await axe(page);

    const next = await mailed(page, "Send another code");
    await page.getByLabel("Code").fill(next);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(address(tenant(), "/account/delete"));
  });
});
