// What customers see of themselves, from signing in to signing out.

import { address, axe, confirm, expect, fillSignIn, fitsPhone, hasScripts, login, signIn, tenants, test, visit } from "./fixtures.ts";

for (const tenant of tenants) {
  test.describe(tenant, () => {
    test("L8: signing in sets one cookie, which goes with the browser, and signing out takes it back", async ({ page, context }) => {
      const { email, password } = login(tenant, "customer");
      await visit(page, tenant, "/sign-in");
      await fillSignIn(page, { email, password: `${password} not` });

      const summary = page.getByRole("alert");
      await expect(summary).toContainText("The address or the password is not right.");
      if (hasScripts()) await expect(summary).toBeFocused();
      await expect(page).toHaveTitle(/^Error:/);
      await expect(page.getByLabel("Email address")).toHaveValue(email);
      await expect(page.getByLabel("Password")).toHaveValue("");
      await axe(page);
      expect(await context.cookies()).toEqual([]);

      await fillSignIn(page, { email, password });
      await expect(page).toHaveURL(address(tenant, "/account"));
      const cookies = await context.cookies();
      expect(cookies).toHaveLength(1);
      expect(cookies[0]).toMatchObject({ expires: -1, httpOnly: true, sameSite: "Lax", path: "/" });

      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page).toHaveURL(address(tenant, "/"));
      expect(await context.cookies()).toEqual([]);
      // The server has forgotten it too.
      await context.addCookies(cookies);
      await page.goto(address(tenant, "/account"));
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
    });

    test("whoever is sent to sign in comes back to the page they wanted", async ({ page }) => {
      await page.goto(address(tenant, "/account/answer"));
      await fillSignIn(page, login(tenant, "customer"));
      await expect(page).toHaveURL(address(tenant, "/account/answer"));
    });

    for (const language of ["en", "de"]) {
      test(`a customer reads every page of theirs, also on a phone, in ${language}`, async ({ page }) => {
        await signIn(page, tenant, "customer");
        await page.goto(address(tenant, "/account/delete"));
        await confirm(page, tenant, login(tenant, "customer").password, "/account/delete");
        await visit(page, tenant, "/account");
        const categories = await page
          .locator(".kinds > li[id]")
          .evaluateAll((kinds) => kinds.filter((kind) => kind.querySelector(".records > li")).map((kind) => kind.id));
        expect(categories.length).toBeGreaterThan(1);
        const paths = [
          "/account",
          ...categories.map((id) => `/account/category/${id.replace(/^kind-/, "")}`),
          "/account/answer",
          "/account/export",
          "/account/delete",
          "/requests",
        ];
        for (const path of paths) {
          await visit(page, tenant, `${path}?lang=${language}`);
          await expect(page).toHaveURL(address(tenant, `${path}?lang=${language}`));
          await expect(page.locator("html")).toHaveAttribute("lang", language);
          await axe(page);
          await fitsPhone(page);
        }
      });
    }

    test("a customer unfolds every kind of data, also on a phone", async ({ page }) => {
      await signIn(page, tenant, "customer");
      for (const kind of await page.locator(".kinds summary").all()) await kind.click();
      await expect(page.locator(".kinds details:not([open])")).toHaveCount(0);
      await axe(page);
      await fitsPhone(page);
    });

    test("a customer asks for a correction and follows it", async ({ page }) => {
      await signIn(page, tenant, "customer");
      await page.getByRole("link", { name: "Correct something" }).click();
      await page.getByRole("button", { name: "Ask for a correction" }).first().click();
      await expect(page).toHaveURL(/\/account\/requests\/[0-9a-f-]+$/);
      const reference = await page.locator(".imprint .reference").innerText();
      await expect(page.getByRole("main")).toContainText("due ");
      await expect(page.getByRole("heading", { name: "Why this date" })).toBeVisible();
      await axe(page);
      await fitsPhone(page);

      await page.getByRole("main").getByRole("link", { name: "Requests" }).click();
      await expect(page.locator(".own-requests")).toContainText(reference);
    });
  });
}

test.describe("lumaire's customer", () => {
  test.beforeEach(async ({ page }) => signIn(page, "lumaire", "customer"));

  test("L2: sees Stripe's references as what they are, and no card", async ({ page }) => {
    const payments = page.locator("#kind-payment");
    await payments.locator("summary").click();
    const reference = payments.locator("code", { hasText: /^pi_/ }).first();
    await expect(reference).toBeVisible();
    expect(await reference.evaluate((code) => getComputedStyle(code).fontFamily)).toContain("monospace");
    await expect(payments).toContainText("no card details are stored here");
    await expect(payments).not.toContainText(/\b(?:\d{4}[ -]?){3}\d{4}\b/);
  });

  test("L3: sees how far each course is, drawn and in words", async ({ page }) => {
    const courses = page.locator("#kind-course-progress");
    await courses.locator("summary").click();
    const first = courses.locator(".records > li").first();
    const [, done, total] = (await first.locator(".drawn").innerText()).match(/^(\d+) of (\d+)$/) ?? [];
    expect(Number(total)).toBeGreaterThan(0);
    await expect(first.locator("svg.segments rect")).toHaveCount(Number(total));
    await expect(first.locator("svg.segments rect.full")).toHaveCount(Number(done));
    await expect(first.locator(".modules > li")).toHaveCount(Number(total));
    await expect(first.locator(".modules > li.done")).toHaveCount(Number(done));
  });

  test("L5: is told that usage cannot be linked to anybody", async ({ page }) => {
    const usage = page.locator("#kind-usage");
    await usage.locator("summary").click();
    await expect(usage).toContainText("cannot be linked to a person");
    await expect(usage.locator(".records")).toHaveCount(0);
  });

  test("L1: finds no password among what is held", async ({ page }) => {
    await visit(page, "lumaire", "/account/answer");
    await expect(page.getByRole("main")).toContainText("ada.winter@example.org");
    expect(await page.content()).not.toMatch(/\$2[aby]\$/);
  });
});
