// Writing to the company without an account, and reading it at the desk.

import { address, ask, axe, confirm, expect, fitsPhone, hasScripts, login, mailedLink, mails, signIn, tenants, test, visit, type Tenant } from "./fixtures.ts";

/** Somebody new, of this test and this project alone. */
const stranger = (name: string) => `${name}-${hasScripts() ? "scripts" : "plain"}@example.org`;

/** The form, from the page that leads to it, once it is old enough to be a person's. */
async function open(page: import("@playwright/test").Page, tenant: Tenant, language = ""): Promise<void> {
  await visit(page, tenant, `/contact${language}`);
  await page.locator("main a[href*='/contact/write']").click();
  await expect(page).toHaveURL(/\/contact\/write/);
  const opened = Date.now();
  await expect.poll(() => Date.now() - opened).toBeGreaterThan(3_500);
}

for (const tenant of tenants) {
  test.describe(tenant, () => {
    test("L4, E6: a message is written, confirmed and read at the desk", async ({ page, requests }) => {
      const email = stranger(`writer-${tenant}`);
      await open(page, tenant);
      await axe(page);
      await fitsPhone(page);
      await page.getByRole("button", { name: "Send the message" }).click();
      await expect(page.getByRole("alert")).toContainText("Write your message.");
      await axe(page);
      await page.getByLabel("A question").check();
      await page.getByLabel("Your message").fill("Is 4242 4242 4242 4242 safe with you?");
      await page.getByLabel("Your name").fill("\u202eevE");
      await page.getByLabel("Email address", { exact: true }).fill(email);
      await page.getByRole("button", { name: "Send the message" }).click();
      await expect(page.getByRole("alert")).toContainText("looks like a card number");
      // What was typed is still there.
      await expect(page.getByLabel("Email address", { exact: true })).toHaveValue(email);
      await page.getByLabel("Your message").fill(`שלום </textarea> from ${email}`);
      await page.getByRole("button", { name: "Send the message" }).click();
      await expect(page).toHaveURL(address(tenant, "/contact/sent"));
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you for your message");
      await axe(page);
      await fitsPhone(page);
      expect(await page.context().cookies()).toEqual([]);
      expect(requests.every((request) => request.url().startsWith(address(tenant)))).toBe(true);
      expect(requests.filter((request) => request.resourceType() === "script")).toEqual([]);

      await page.goto(await mailedLink(email, "message"));
      await axe(page);
      await page.getByRole("button", { name: "Yes, it is mine" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your address is confirmed");
      await axe(page);

      await signIn(page, tenant, "support");
      await page.getByRole("link", { name: "Messages", exact: true }).click();
      await axe(page);
      await fitsPhone(page);
      const row = page.locator("tbody tr").filter({ hasText: "evE" }).first();
      await expect(row).toBeVisible();
      await row.getByRole("link").click();
      await expect(page.getByRole("main")).toContainText("Email address");
      await expect(page.locator("blockquote")).toContainText("שלום </textarea> from");
      await axe(page);
      await fitsPhone(page);
    });

    test("L13, E22: a report about a child is urgent at the desk, and is let go there", async ({ page }) => {
      const email = stranger(`parent-${tenant}`);
      await open(page, tenant, "?lang=de");
      await axe(page);
      await page.getByLabel("Es geht um ein Kind").check();
      await page.getByLabel("Ihre Nachricht").fill(`Ein Kind: ${email}`);
      await page.getByLabel("E-Mail-Adresse", { exact: true }).fill(email);
      await page.getByRole("button", { name: "Nachricht senden" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Danke für Ihre Nachricht");
      await expect.poll(() => mails(email).length, { timeout: 20_000 }).toBeGreaterThan(0);

      await signIn(page, tenant, "support");
      await expect(page.locator(".notice", { hasText: "data is a child’s" }).first()).toBeVisible();
      await axe(page);
      await page.getByRole("link", { name: "Messages", exact: true }).click();
      await page.locator("tbody tr").filter({ hasText: email }).getByRole("link").click();
      await expect(page.getByRole("main")).toContainText("Nobody here has this address today.");
      await axe(page);
      const message = new URL(page.url()).pathname;
      await page.getByRole("button", { name: "The report was wrong" }).click();
      await confirm(page, tenant, login(tenant, "support").password, message);
      await page.getByRole("button", { name: "The report was wrong" }).click();
      await expect(page).toHaveURL(address(tenant, "/desk/reports"));
      await axe(page);
      await visit(page, tenant, message);
      await expect(page.getByRole("main")).toContainText("This report is decided.");
      await axe(page);
    });
  });
}

test("a program that fills in every field is asked once more", async () => {
  const email = stranger("program");
  const body = new URLSearchParams({ reason: "other", email, text: "Buy!", website: "http://spam.example" }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
  const answer = await ask("lumaire", "/contact/write", { method: "POST", headers, body });
  expect(answer.status).toBe(422);
  expect(mails(email)).toEqual([]);
});
