// What anybody can read, without signing in and without leaving a trace.

import { address, ask, axe, expect, fitsPhone, tenants, test, visit } from "./fixtures.ts";

const pages = [
  "/",
  "/policy",
  "/policy/history",
  "/policy/versions/1",
  "/policy/compare?from=1&to=2",
  "/cookies",
  "/processors",
  "/contact",
  "/requests",
  "/sign-in",
];

for (const tenant of tenants) {
  test.describe(tenant, () => {
    for (const path of pages) {
      test(`${path} is read without a script, a cookie or a third party`, async ({ page, context, requests }) => {
        const response = await visit(page, tenant, path);
        expect(await response.headerValue("set-cookie")).toBeNull();
        await expect(page.locator("script, iframe")).toHaveCount(0);
        const origin = new URL(address(tenant)).origin;
        expect(requests.map((request) => request.url()).filter((url) => !url.startsWith(`${origin}/`))).toEqual([]);
        expect(requests.filter((request) => request.resourceType() === "script")).toEqual([]);
        expect(await context.cookies()).toEqual([]);
        await axe(page);
      });

      test(`${path} is read in German`, async ({ page }) => {
        await visit(page, tenant, `${path}${path.includes("?") ? "&" : "?"}lang=de`);
        await expect(page.locator("html")).toHaveAttribute("lang", "de");
        await axe(page);
      });
    }

    test("a reader finds the policy, its history and what changed", async ({ page }) => {
      await visit(page, tenant, "/");
      await page.locator("main a[href^='/policy']").first().click();
      await expect(page).toHaveURL(address(tenant, "/policy"));
      await page.locator("a[href^='/policy/history']").first().click();
      await expect(page).toHaveURL(address(tenant, "/policy/history"));
      await page.locator("main a[href*='compare']").first().click();
      await expect(page.locator("main ins, main del").first()).toBeVisible();
    });

    test("a reader switches the language, and it stays while reading on", async ({ page }) => {
      await visit(page, tenant, "/policy");
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
      await page.locator("a[hreflang=de]").click();
      await expect(page.locator("html")).toHaveAttribute("lang", "de");
      await page.locator("a[href^='/policy/history']").first().click();
      await expect(page.locator("html")).toHaveAttribute("lang", "de");
      await axe(page);
    });

    test("a browser that asks for German gets it", async () => {
      const { body } = await ask(tenant, "/policy", { headers: { "accept-language": "de-AT,de;q=0.9,en;q=0.5" } });
      expect(body.toString()).toContain('lang="de"');
    });

    test("nothing on a phone is wider than the screen", async ({ page }) => {
      for (const path of pages) {
        await visit(page, tenant, path);
        await fitsPhone(page);
      }
    });

    test("machines read the policy too", async () => {
      const json = await ask(tenant, "/policy.json");
      expect(json.status).toBe(200);
      expect(json.headers["content-type"]).toContain("json");
      expect(Object.keys(JSON.parse(json.body.toString()))).not.toEqual([]);

      const text = await ask(tenant, "/policy.txt");
      expect(text.status).toBe(200);
      expect(text.headers["content-type"]).toContain("text/plain");
      expect(text.body.length).toBeGreaterThan(1000);

      const gpc = await ask(tenant, "/.well-known/gpc.json");
      expect(gpc.status).toBe(200);
      expect(JSON.parse(gpc.body.toString())).toMatchObject({ gpc: true });
    });
  });
}
