// Making an account, getting back into one, changing how one signs in, and inviting staff: by links in real mails.

import { type Page } from "@playwright/test";
import { address, axe, confirm, expect, fillSignIn, fitsPhone, hasScripts, login, mailedLink, mails, signIn, test, visit, type Tenant } from "./fixtures.ts";

// Somebody of each project's own, of whom no other test makes an account.
const tenant = (): Tenant => (hasScripts() ? "lumaire" : "lumina-erp");
const newcomer = () => (hasScripts() ? "carla.mendes@example.org" : "noor.haddad@example.org");
const another = () => (hasScripts() ? "farah.lindqvist@example.com" : "lena.kovacs@example.com");

async function askForLink(page: Page, path: string, email: string): Promise<void> {
  await visit(page, tenant(), path);
  await axe(page);
  await fitsPhone(page);
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Please look into your mailbox");
  await axe(page);
}

async function choosePassword(page: Page, link: string, password: string, button: string): Promise<void> {
  await page.goto(link);
  await axe(page);
  await fitsPhone(page);
  await page.getByLabel("New password").fill("passwordpassword");
  await page.getByRole("button", { name: button }).click();
  await expect(page.getByRole("alert")).toContainText("one of those that are tried first");
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: button }).click();
}

test.describe("one person", () => {
  test.describe.configure({ mode: "serial" });

  test("makes an account with the link in a mail, and sees what is held", async ({ page }) => {
    await askForLink(page, "/sign-up", newcomer());
    const link = await mailedLink(newcomer(), "sign-up", 0);
    await choosePassword(page, link, "three quite unlike words", "Make my account");
    await expect(page.getByRole("status")).toContainText("Your account is ready.");
    await fillSignIn(page, { email: newcomer(), password: "three quite unlike words" });
    await expect(page).toHaveURL(new RegExp(`^${address(tenant(), "/account")}`));
    // The link is good once.
    await page.goto(link);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link is no longer good");
    await axe(page);
  });

  test("who forgot the password chooses another, and is signed out elsewhere", async ({ page, browser }) => {
    const elsewhere = await (await browser.newContext()).newPage();
    await visit(elsewhere, tenant(), "/sign-in");
    await fillSignIn(elsewhere, { email: newcomer(), password: "three quite unlike words" });
    await expect(elsewhere).toHaveURL(address(tenant(), "/account"));

    await askForLink(page, "/forgot", newcomer());
    await choosePassword(page, await mailedLink(newcomer(), "reset", 0), "four still more unlike words", "Change my password");
    await expect(page.getByRole("status")).toContainText("Your password is changed");
    await elsewhere.reload();
    await expect(elsewhere).toHaveURL(new RegExp(`^${address(tenant(), "/sign-in")}`));
    // The back button after that shows nothing either: nothing signed in is kept.
    await elsewhere.goBack();
    await expect(elsewhere.getByLabel("Password")).toBeVisible();
    await elsewhere.context().close();
    await fillSignIn(page, { email: newcomer(), password: "four still more unlike words" });
    await expect(page).toHaveURL(new RegExp(`^${address(tenant(), "/account")}`));
  });

  test("changes password and address, and ends a session elsewhere", async ({ page, browser }) => {
    const password = "four still more unlike words";
    await visit(page, tenant(), "/sign-in");
    await fillSignIn(page, { email: newcomer(), password });
    const elsewhere = await (await browser.newContext()).newPage();
    await visit(elsewhere, tenant(), "/sign-in");
    await fillSignIn(elsewhere, { email: newcomer(), password });
    await expect(elsewhere).toHaveURL(address(tenant(), "/account"));

    await page.getByRole("link", { name: "Account", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("How you sign in");
    await expect(page.getByRole("main")).toContainText(newcomer());
    await axe(page);
    await fitsPhone(page);
    await page.getByRole("button", { name: "End", exact: true }).first().click();
    await expect(page.getByRole("status")).toContainText("Signed out there.");
    await elsewhere.reload();
    await expect(elsewhere).toHaveURL(new RegExp(`^${address(tenant(), "/sign-in")}`));
    await elsewhere.context().close();

    await page.getByRole("main").getByRole("link", { name: "Change" }).nth(1).click();
    await confirm(page, tenant(), password, "/account/sign-in/password");
    await axe(page);
    await fitsPhone(page);
    await page.getByLabel("New password").fill("five words that nobody guesses");
    await page.getByRole("button", { name: "Change my password" }).click();
    await expect(page.getByRole("status")).toContainText("Your password is changed.");

    await page.getByRole("main").getByRole("link", { name: "Change" }).first().click();
    await axe(page);
    await fitsPhone(page);
    await page.getByLabel("New address").fill(another());
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await expect(page.getByRole("status")).toContainText("nothing changes");
    await page.goto(await mailedLink(another(), "address", 0));
    await axe(page);
    await page.getByRole("button", { name: "Use this address" }).click();
    const told = (email: string) => mails(email).some((mail) => mail.text.includes("at the old and at the new one"));
    await expect.poll(() => told(newcomer()) && told(another()), { timeout: 20_000 }).toBe(true);
    await page.context().clearCookies();
    await visit(page, tenant(), "/sign-in");
    await fillSignIn(page, { email: another(), password: "five words that nobody guesses" });
    await expect(page).toHaveURL(address(tenant(), "/account"));
  });
});

test("nobody learns whether an address is known", async ({ page }) => {
  const unknown = hasScripts() ? "nobody.here@example.org" : "nobody.there@example.org";
  await askForLink(page, "/forgot", unknown);
  await expect.poll(() => mails(unknown).length, { timeout: 20_000 }).toBe(1);
  expect(mails(unknown)[0]?.text).toContain("There is no account with it here");
});

test("an admin invites somebody, changes what they may do, and removes them", async ({ page, browser }) => {
  const email = `new.colleague@${tenant()}.example`;
  await signIn(page, tenant(), "admin");
  await page.getByRole("link", { name: "Staff", exact: true }).click();
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("link", { name: "Invite somebody" }).click();
  await confirm(page, tenant(), login(tenant(), "admin").password, "/studio/staff/invite");
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose what they may do.");
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Auditor").check();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("main")).toContainText("Invited");

  const colleague = await (await browser.newContext()).newPage();
  await colleague.goto(await mailedLink(email, "invitation", 0));
  await colleague.getByLabel("New password").fill("words of a new colleague");
  await colleague.getByRole("button", { name: "Make my account" }).click();
  await fillSignIn(colleague, { email, password: "words of a new colleague" });
  await expect(colleague.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(colleague.getByRole("link", { name: "Desk" })).toBeVisible();

  await page.getByRole("link", { name: "Staff", exact: true }).click();
  await page.getByRole("link", { name: email }).click();
  await axe(page);
  await fitsPhone(page);
  await page.getByLabel("Editor").check();
  await page.getByRole("button", { name: "Change the role" }).click();
  await colleague.reload();
  await expect(colleague).toHaveURL(new RegExp("/sign-in"));
  await page.getByRole("link", { name: email }).click();
  await page.getByRole("link", { name: "Remove from staff" }).click();
  await axe(page);
  await page.getByRole("button", { name: "Remove from staff" }).click();
  await expect(page.getByRole("main")).not.toContainText(email);
  await colleague.goto(address(tenant(), "/sign-in"));
  await fillSignIn(colleague, { email, password: "words of a new colleague" });
  await expect(colleague.getByRole("alert")).toContainText("The address or the password is not right.");
  await colleague.context().close();
});
