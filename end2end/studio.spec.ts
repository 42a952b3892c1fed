// Writing the policy, and what follows from it. There is one draft per tenant, so each project has a
// tenant of its own, and one test goes on where the other ended.

import { address, ask, axe, confirm, expect, fitsPhone, hasScripts, login, signIn, test, visit, type Tenant } from "./fixtures.ts";

test.describe.configure({ mode: "serial" });

interface Edit {
  tenant: Tenant;
  /** The rule that is changed, what it is about, and how long that is kept before and after. */
  rule: string;
  category: string;
  before: string;
  days: string;
}

function edit(): Edit {
  return hasScripts()
    ? { tenant: "lumaire", rule: "account", category: "account", before: "while your account is active", days: "400" }
    : { tenant: "lumina-erp", rule: "call-recording", category: "call-recording", before: "90 days", days: "120" };
}

const added = "A sentence that was **put in** by a test.";

for (const language of ["en", "de"]) {
  test(`an admin reads every page of the studio, also on a phone, in ${language}`, async ({ page }) => {
    const { tenant, rule } = edit();
    await signIn(page, tenant, "admin");
    await visit(page, tenant, "/studio/policy");
    const processor = (await page.locator("a[href^='/studio/policy/processors/']:not([href$='/new'])").first().getAttribute("href")) ?? "";
    const paths = [
      "/studio",
      "/studio/versions",
      "/studio/versions/1/restore",
      "/studio/policy",
      "/studio/policy/sections/new",
      "/studio/policy/sections/retention",
      "/studio/policy/sections/retention?language=de",
      "/studio/policy/sections/retention/remove",
      `/studio/policy/retention/${rule}`,
      "/studio/policy/processors/new",
      processor,
      `${processor}/remove`,
      "/studio/policy/contacts",
      "/studio/policy/check",
      "/studio/policy/compare",
      "/studio/policy/publish",
    ];
    // One of them asks first who it is.
    await page.goto(address(tenant, "/studio/policy/publish"));
    await confirm(page, tenant, login(tenant, "admin").password, "/studio/policy/publish");
    for (const path of paths) {
      await visit(page, tenant, `${path}${path.includes("?") ? "&" : "?"}lang=${language}`);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await axe(page);
      await fitsPhone(page);
    }
  });
}

test("an admin edits a section in Markdown and sees it before saving", async ({ page }) => {
  const { tenant } = edit();
  await signIn(page, tenant, "admin");
  await visit(page, tenant, "/studio/policy");
  await page.locator("#retention").getByRole("link", { name: /^Edit/ }).click();
  const body = page.getByLabel("Text", { exact: true });
  const preview = page.locator("section.preview");
  const old = await body.inputValue();

  if (hasScripts()) {
    await expect(preview.getByRole("status")).toHaveText("The preview shows what you typed.");
    await expect(preview).not.toContainText("put in");
    await body.press("ControlOrMeta+Home");
    await body.pressSequentially(`${added}\n\n`);
  } else {
    await body.fill(`${added}\n\n${old}`);
    await expect(preview).toBeHidden();
    await page.getByRole("button", { name: "Show preview" }).click();
  }
  await expect(preview.locator("strong", { hasText: "put in" })).toBeVisible();
  // Lists of facts are shown as readers will see them.
  await expect(preview.getByRole("table").first()).toBeVisible();
  await expect(body).toHaveValue(`${added}\n\n${old}`);
  await axe(page);
  await fitsPhone(page);

  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page).toHaveURL(address(tenant, "/studio/policy#retention"));
  await expect(page.locator("#retention")).toContainText("A sentence that was put in by a test.");
  await expect(page.locator(".standing")).toContainText("Draft saved");
  // Nobody else sees it yet.
  expect((await ask(tenant, "/policy")).body.toString()).not.toContain("by a test");
});

test("an admin changes how long something is kept", async ({ page }) => {
  const { tenant, rule, days } = edit();
  await signIn(page, tenant, "admin");
  await visit(page, tenant, "/studio/policy");
  await page.locator(`a[href="/studio/policy/retention/${rule}"]`).click();
  await page.getByLabel("Days").check();
  await page.getByLabel("How many").fill("many");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByRole("alert")).toContainText("Write a whole number from 1");
  await expect(page.getByLabel("How many")).toHaveValue("many");
  await axe(page);

  await page.getByLabel("How many").fill(days);
  await page.getByLabel("We state this").check();
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.locator(`#fact-retention-${rule}`)).toContainText(`${days} days`);
});

test("who saves what somebody else has changed in the meantime is told, and loses nothing", async ({ page, context }) => {
  const { tenant } = edit();
  await signIn(page, tenant, "admin");
  await visit(page, tenant, "/studio/policy/contacts");
  const other = await context.newPage();
  await visit(other, tenant, "/studio/policy/contacts");
  // Saved twice from the same state: the second comes too late.
  await other.getByLabel("Registered name").fill("Saved First Ltd");
  await other.getByRole("button", { name: "Save draft" }).click();
  await expect(other).toHaveURL(address(tenant, "/studio/policy"));
  await page.getByLabel("Name of the company").fill("Typed too late");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByRole("alert")).toContainText("Somebody else has saved in the meantime");
  await expect(page.getByLabel("Name of the company")).toHaveValue("Typed too late");
  await axe(page);
  await other.close();
});

test("an admin checks, compares and publishes, and at once the portal keeps to it", async ({ page, browser }) => {
  const { tenant, category, before, days } = edit();
  const customer = await (await browser.newContext()).newPage();
  await signIn(customer, tenant, "customer");
  const kind = customer.locator(`#kind-${category}`);
  await kind.locator("summary").click();
  await expect(kind).toContainText(before);
  await expect(kind).not.toContainText(`${days} days`);

  await signIn(page, tenant, "admin");
  const studio = page.getByRole("navigation", { name: "Studio" });
  await studio.getByRole("link", { name: "Check" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What the check found");
  await axe(page);

  await studio.getByRole("link", { name: "Compare" }).click();
  await expect(page.locator(".changes")).toContainText(`${days} days`);
  await expect(page.locator("ins", { hasText: "by a test" }).first()).toBeVisible();
  await axe(page);
  await fitsPhone(page);

  await studio.getByRole("link", { name: "Publish" }).click();
  await axe(page);
  await confirm(page, tenant, login(tenant, "admin").password, "/studio/policy/publish");
  await expect(page.locator(".changes")).toContainText(`${days} days`);
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("button", { name: "Publish version 3" }).click();
  await expect(page).toHaveURL(address(tenant, "/studio/policy/publish?published=3"));
  await expect(page.locator(".notice[role=status]")).toContainText("Version 3 is in force");
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("link", { name: "Read it as customers do" }).click();
  await expect(page.getByRole("main")).toContainText("A sentence that was put in by a test.");

  await visit(customer, tenant, "/policy");
  await expect(customer.getByRole("main")).toContainText(`${days} days`);
  await axe(customer);
  await visit(customer, tenant, "/account");
  await kind.locator("summary").click();
  await expect(kind).toContainText(`${days} days`);
  await visit(customer, tenant, "/account/answer");
  await expect(customer.getByRole("main")).toContainText(`${days} days`);
  await visit(customer, tenant, "/policy/history");
  await expect(customer.locator("a[href^='/policy/versions/2']").first()).toBeVisible();
  await customer.context().close();

  const { body } = await ask(tenant, "/policy.txt");
  expect(body.toString()).toContain(`${days} days`);

  // There is nothing left to publish.
  await visit(page, tenant, "/studio/policy/publish");
  await expect(page.getByRole("main")).toContainText("There is nothing to publish");
});

for (const [role, edits, publishes, told] of [
  ["editor", true, false, "You write this policy."],
  ["approver", false, true, "You read and publish this policy."],
  ["auditor", false, false, "You read everything here, and change nothing."],
] as const) {
  test(`${role}: sees what is theirs to do, and nothing that would be refused`, async ({ page }) => {
    const { tenant, rule } = edit();
    await signIn(page, tenant, role);
    await axe(page);
    await visit(page, tenant, "/studio/policy");
    await expect(page.locator(".sheet > header")).toContainText(told);
    const main = page.getByRole("main");
    const editing = main.locator("a[href^='/studio/policy/sections/'], a[href^='/studio/policy/retention/'], a[href^='/studio/policy/processors/'], a[href='/studio/policy/contacts']");
    if (edits) await expect(editing).not.toHaveCount(0);
    else {
      await expect(editing).toHaveCount(0);
      // The whole text stands here, since there is no other page that shows it.
      await expect(main.getByRole("table").first()).toBeVisible();
    }
    const studio = page.getByRole("navigation", { name: "Studio" });
    await expect(studio.getByRole("link", { name: "Publish" })).toHaveCount(publishes ? 1 : 0);
    await axe(page);
    await fitsPhone(page);

    for (const name of ["Check", "Compare"]) {
      await studio.getByRole("link", { name }).click();
      await expect(studio.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
      if (!edits) await expect(editing).toHaveCount(0);
      await axe(page);
    }

    const status = async (path: string) => (await page.goto(address(tenant, path)))?.status();
    expect(await status(`/studio/policy/retention/${rule}`)).toBe(edits ? 200 : 403);
    expect(await status("/studio/policy/publish")).toBe(publishes ? 200 : 403);
    if (!publishes) await axe(page);
  });
}
