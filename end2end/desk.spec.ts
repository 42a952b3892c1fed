// Where staff sees which request is due when.

import { address, axe, expect, fitsPhone, signIn, tenants, test, visit } from "./fixtures.ts";

for (const tenant of tenants) {
  test.describe(tenant, () => {
    test("support sees what is overdue and what is due soon, opens a request and goes back", async ({ page }) => {
      await signIn(page, tenant, "support");
      const rows = page.getByRole("table", { name: "Open, the most urgent first" }).locator("tbody tr");
      await expect(rows.first()).toContainText("overdue");
      const late = rows.filter({ has: page.locator(".state.late", { hasText: "overdue" }) });
      const soon = rows.filter({ has: page.locator(".state.soon", { hasText: "due soon" }) });
      await expect(late).toHaveCount(1);
      // Another test may have reported something that is due today.
      await expect(soon).not.toHaveCount(0);
      // Each says when it is due, and the sooner stands first.
      const due = await rows.locator(".due time").evaluateAll((times) => times.map((time) => time.getAttribute("datetime") ?? ""));
      expect(due).toHaveLength(await rows.count());
      expect(due).toEqual([...due].sort());
      await axe(page);
      await fitsPhone(page);

      const person = await late.getByRole("link").innerText();
      await late.getByRole("link").click();
      await expect(page).toHaveURL(/\/desk\/requests\/[0-9a-f-]+$/);
      const particulars = page.locator(".particulars");
      await expect(particulars).toContainText(person);
      await expect(particulars).toContainText("overdue");
      await expect(page.locator(".steps > li")).not.toHaveCount(0);
      await axe(page);
      await fitsPhone(page);

      await page.getByRole("link", { name: "Back to the list" }).click();
      await expect(page).toHaveURL(address(tenant, "/desk"));
    });

    test("support reads the desk in German", async ({ page }) => {
      await signIn(page, tenant, "support");
      await visit(page, tenant, "/desk?lang=de");
      await axe(page);
      await fitsPhone(page);
      await page.locator("tbody th a").first().click();
      await expect(page.locator("html")).toHaveAttribute("lang", "de");
      await axe(page);
    });

    test("a customer cannot open the desk", async ({ page }) => {
      await signIn(page, tenant, "customer");
      const response = await page.goto(address(tenant, "/desk"));
      expect(response?.status()).toBe(403);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("You cannot open this page");
      await expect(page.getByRole("table")).toHaveCount(0);
      await axe(page);
    });
  });
}
