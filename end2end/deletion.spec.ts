// Having one's data deleted. Each project deletes somebody of its own.

import { address, axe, confirm, expect, fitsPhone, hasScripts, login, signIn, test, visit } from "./fixtures.ts";

test("L10: a customer has everything deleted, and holds a receipt for it", async ({ page, context, browser }) => {
  const tenant = hasScripts() ? "lumina-erp" : "lumaire";
  const somebody = login(tenant, "customer", 2);
  await signIn(page, tenant, "customer", 2);
  await page.getByRole("link", { name: "Delete my data" }).click();
  await confirm(page, tenant, somebody.password, "/account/delete");

  // What goes and what stays, each with its reason.
  const goes = page.locator(".lines.goes > li");
  const stays = page.locator(".lines.stays > li");
  const reasonWhyItStays = hasScripts() ? /held on behalf of your organisation/ : /demands/;
  await expect(goes.filter({ hasText: "deleted" })).not.toHaveCount(0);
  await expect(stays.filter({ hasText: reasonWhyItStays })).not.toHaveCount(0);
  const names = async (lines: typeof goes) => (await lines.locator("b").allInnerTexts()).sort();
  const before = { goes: await names(goes), stays: await names(stays) };
  await axe(page);
  await fitsPhone(page);

  // Two ways on, of one size.
  const deleteNow = page.getByRole("button", { name: "Delete my data now" });
  const keep = page.getByRole("link", { name: "Keep my data" });
  const size = async (one: typeof keep) => {
    const { width, height } = (await one.boundingBox()) ?? { width: 0, height: -1 };
    return { width, height };
  };
  expect(await size(deleteNow)).toEqual(await size(keep));
  await expect(page.locator("main input:not([type=hidden])")).toHaveCount(0);
  await keep.click();
  await expect(page).toHaveURL(address(tenant, "/account"));
  await page.getByRole("link", { name: "Delete my data" }).click();
  // It was confirmed a moment ago.
  await expect(page).toHaveURL(address(tenant, "/account/delete"));
  await deleteNow.click();
  await expect(page).toHaveURL(/\/receipts\/[^/]+$/);
  const receipt = page.url();

  // It looks again by itself until all is done.
  await expect(page.getByRole("status")).toHaveText(/all done|done, and something stays/, { timeout: 20_000 });
  const lines = page.locator(".receipt .lines > li");
  for (const name of [...before.goes, ...before.stays]) {
    await expect(lines.filter({ has: page.locator("b", { hasText: name }) }).first(), name).toBeVisible();
  }
  await expect(lines.filter({ hasText: "deleted" })).not.toHaveCount(0);
  const kept = hasScripts() ? /held on behalf of an organisation/ : /stays (?:until|as long as)/;
  await expect(lines.filter({ hasText: kept })).not.toHaveCount(0);
  await expect(lines.filter({ hasText: "destroyed" })).toHaveCount(1);
  await expect(lines.filter({ hasText: "signature genuine" })).toHaveCount(await lines.count());
  await expect(page.getByRole("main")).not.toContainText(somebody.email);
  await axe(page);
  await fitsPhone(page);

  // The session ended with the account.
  expect(await context.cookies()).toEqual([]);
  await page.goto(address(tenant, "/account"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await page.getByLabel("Email address").fill(somebody.email);
  await page.getByLabel("Password").fill(somebody.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("The address or the password is not right.");

  // Whoever holds the link reads the receipt, without a session; a wrong link finds nothing.
  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await visit(theirs, tenant, new URL(receipt).pathname);
  await expect(theirs.locator(".receipt .lines > li")).toHaveCount(await (async () => {
    await page.goto(receipt);
    return lines.count();
  })());
  expect(await stranger.cookies()).toEqual([]);
  const other = await theirs.goto(`${receipt.slice(0, -4)}AAAA`);
  expect(other?.status()).toBe(404);
  await stranger.close();
});
