// Taking one's data along.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";

import { address, ask, axe, confirm, expect, fitsPhone, hasScripts, login, signIn, test, visit } from "./fixtures.ts";

interface Manifest {
  company: string;
  categories: { category: string; records: number; state: string }[];
  files: { name: string; bytes: number; sha256: string }[];
}

test("L7: a customer takes everything along as one ZIP file, with and without scripts", async ({ page, browser }) => {
  // Somebody of each project's own, so that neither finds the other's download.
  const tenant = hasScripts() ? "lumaire" : "lumina-erp";
  const { email, password } = login(tenant, "customer", 1);
  await signIn(page, tenant, "customer", 1);
  await page.getByRole("link", { name: "Download my data" }).click();
  await page.getByRole("button", { name: "Prepare my download" }).click();
  await expect(page).toHaveURL(/\/account\/export\/[0-9a-f-]+$/);

  // The page looks again by itself until it is ready.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your download is ready", { timeout: 20_000 });
  await axe(page);
  await fitsPhone(page);
  const link = page.getByRole("link", { name: "Download the ZIP file" });
  const path = (await link.getAttribute("href")) ?? "";

  // Confirmed once, and then it begins by itself.
  await link.click();
  await expect(page).toHaveURL(/\/account\/confirm\?task=export/);
  const begun = page.waitForEvent("download");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
  const download = await begun;
  await expect(page.getByRole("status")).toContainText("begins by itself");
  expect(download.suggestedFilename()).toBe(`${tenant}-data.zip`);
  const files = unzipSync(readFileSync(await download.path()));

  const manifest = JSON.parse(strFromU8(files["manifest.json"] ?? new Uint8Array())) as Manifest;
  const named = manifest.files.map((file) => file.name);
  expect([...named, "manifest.json"].sort()).toEqual(Object.keys(files).sort());
  for (const { name, bytes, sha256 } of manifest.files) {
    const file = files[name] ?? new Uint8Array();
    expect(file.length, name).toBe(bytes);
    expect(createHash("sha256").update(file).digest("hex"), name).toBe(sha256);
  }

  const held = manifest.categories.filter((category) => category.state === "included");
  expect(held.length).toBeGreaterThan(1);
  for (const { category, records } of held) {
    expect(JSON.parse(strFromU8(files[`json/${category}.json`] ?? new Uint8Array())), category).toHaveLength(records);
    expect(files[`csv/${category}.csv`]?.length, category).toBeGreaterThan(0);
  }
  // What is empty, and what is not in it, is named all the same.
  const left = manifest.categories.filter((category) => category.state !== "included");
  expect(left.length).toBeGreaterThan(0);
  for (const { category } of left) expect(named, category).not.toContain(`json/${category}.json`);

  for (const [name, file] of Object.entries(files)) {
    const text = strFromU8(file);
    expect(text, name).not.toMatch(/\$2[aby]\$|argon2/);
    expect(text, name).not.toContain(password);
  }

  // The page in it is to be read anywhere, without this portal.
  const reader = await browser.newPage();
  await reader.setContent(strFromU8(files["index.html"] ?? new Uint8Array()));
  await expect(reader.locator("h1")).toHaveCount(1);
  await expect(reader.locator("body")).toContainText(manifest.company);
  await expect(reader.locator("body")).toContainText(email);
  await expect(reader.locator("script, link[rel=stylesheet], img")).toHaveCount(0);
  await axe(reader);
  await reader.close();

  // Nobody else gets it: not without signing in, not as another customer.
  expect((await ask(tenant, path)).body.subarray(0, 2).toString()).not.toBe("PK");
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, tenant, "customer");
  await page.goto(address(tenant, path));
  await confirm(page, tenant, login(tenant, "customer").password, `${path.replace(/\/zip$/, "")}?begin=1`);
  expect((await page.goto(address(tenant, path)))?.status()).toBe(404);
  await visit(page, tenant, "/account/export");
  await expect(page.locator(`a[href*="${path.replace(/\/zip$/, "")}"]`)).toHaveCount(0);
});
