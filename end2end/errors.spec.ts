// What is shown when there is nothing to show.

import { address, axe, expect, fitsPhone, index, login, signIn, tenants, test } from "./fixtures.ts";

for (const tenant of tenants) {
  for (const language of ["en", "de"]) {
    test(`${tenant}: an address that leads nowhere, in ${language}`, async ({ page }) => {
      const response = await page.goto(address(tenant, `/nowhere?lang=${language}`));
      expect(response?.status()).toBe(404);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.getByRole("main")).toContainText("404");
      await axe(page);
      await fitsPhone(page);
      await page.getByRole("main").getByRole("link").click();
      await expect(page).toHaveURL(new RegExp(`^${address(tenant)}(\\?lang=${language})?$`));
    });
  }

  test(`${tenant}: a customer cannot open the studio, nor support`, async ({ page }) => {
    for (const role of ["customer", "support"] as const) {
      await signIn(page, tenant, role);
      const response = await page.goto(address(tenant, "/studio/policy"));
      expect(response?.status()).toBe(403);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("You cannot open this page");
      await axe(page);
      await fitsPhone(page);
      await page.getByRole("button", { name: "Sign out" }).click();
    }
  });

  test(`${tenant}: a session is worth nothing at the other tenant`, async ({ page, context }) => {
    await signIn(page, tenant, "customer");
    const other = tenants.find((each) => each !== tenant) ?? tenant;
    const [cookie] = await context.cookies();
    await context.clearCookies();
    await context.addCookies([{ name: cookie?.name ?? "", value: cookie?.value ?? "", url: address(other) }]);
    await page.goto(address(other, "/account"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  });
}

test("an unknown host tells nothing about the tenants", async ({ page }) => {
  const response = await page.goto(address("nobody" as "lumaire"));
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing at this address");
  expect(await page.content()).not.toMatch(/lumaire|lumina/i);
  await axe(page);
  await fitsPhone(page);
});

test("the demo's index lists the tenants and who can sign in", async ({ page }) => {
  await page.goto(index());
  for (const tenant of tenants) {
    await expect(page.locator(`a[href="${address(tenant)}"]`)).toBeVisible();
    for (const role of ["customer", "admin", "support"] as const) {
      const { email, password } = login(tenant, role);
      await expect(page.locator("tr", { hasText: email })).toContainText(password);
    }
  }
  await axe(page);
  await fitsPhone(page);
  await page.locator("a[hreflang=de]").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await axe(page);
  await page.locator(`a[href="${address("lumaire")}"]`).click();
  await expect(page).toHaveURL(new RegExp(`^${address("lumaire")}`));
});
