// Signing in with other places, at real OpenID providers and a plain OAuth 2 server.

import type { Page } from "@playwright/test";

import { axe, expect, fitsPhone, test } from "./fixtures.ts";
import { password } from "./providers.ts";

const origin = () => `http://vouched.localhost:${process.env.CANDOR_TEST_PORT}`;
const at = (path: string) => `${origin()}${path}`;
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
/** Everybody is there once per project. */
const named = (name: string) => `${name}-${test.info().project.name}`;

/** Goes to a provider from the page for signing in. */
async function begin(page: Page, provider: string, next = ""): Promise<void> {
  await page.goto(at(`/sign-in${next && `?next=${encodeURIComponent(next)}`}`));
  await page.getByRole("button", { name: `Sign in with ${provider}`, exact: true }).click();
  await expect(heading(page)).toHaveText(provider);
}

/** Says there who one is. */
async function comeIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name").fill(named(name));
  await page.getByRole("button", { name: "Come in" }).click();
}

/** Signs in where the provider still knows who it is, and asks nothing. */
async function again(page: Page, provider: string): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto(at("/sign-in"));
  await page.getByRole("button", { name: `Sign in with ${provider}`, exact: true }).click();
}

async function signInWith(page: Page, provider: string, name: string): Promise<void> {
  await begin(page, provider);
  await comeIn(page, name);
  await expect(page).toHaveURL(at("/account"));
}

/** Comes in, but catches the answer on its way back: the address that the browser would have been sent to. */
async function answerOf(page: Page, name: string): Promise<string> {
  const options = { form: { login: named(name) }, maxRedirects: 0 };
  const resume = await page.request.post(page.url(), options);
  const back = await page.request.get(resume.headers().location ?? "", { maxRedirects: 0 });
  return back.headers().location ?? "";
}

async function isRefused(page: Page, url: string, text: string): Promise<void> {
  const response = await page.goto(url);
  expect(response?.status()).toBe(422);
  await expect(page.getByRole("main")).toContainText(text);
}

test("whoever the tenant knows by a verified address gets an account, and goes where they wanted", async ({ page, context }) => {
  await page.goto(at("/sign-in"));
  expect(await context.cookies()).toEqual([]);
  await axe(page);
  await fitsPhone(page);
  await begin(page, "Acme", "/account/answer");
  const before = (await context.cookies(origin())).map((cookie) => cookie.value);
  expect(before).toHaveLength(1);
  await comeIn(page, "ada");
  await expect(page).toHaveURL(at("/account/answer"));
  const after = await context.cookies(origin());
  expect(after).toHaveLength(1);
  expect(before).not.toContain(after[0]?.value);
  expect(after[0]).toMatchObject({ expires: -1, httpOnly: true, sameSite: "Lax" });

  await again(page, "Acme");
  await expect(page).toHaveURL(at("/account"));
  // Nothing but Acme leads to this account: it stays, and does not confirm itself.
  await page.goto(at("/account/sign-in/providers"));
  await page.getByRole("button", { name: "Confirm with Acme" }).click();
  await comeIn(page, "ada");
  await expect(page).toHaveURL(at("/account/sign-in/providers"));
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("button", { name: "Stop signing in with Acme" }).click();
  await expect(page.getByRole("alert")).toContainText("the only way");
  // With another one beside it, it can go.
  await page.getByRole("button", { name: "Link Zenith" }).click();
  await comeIn(page, "ada-elsewhere");
  await expect(page).toHaveURL(at("/account/sign-in/providers"));
  await page.getByRole("button", { name: "Stop signing in with Acme" }).click();
  await expect(page.getByRole("button", { name: "Link Acme" })).toBeVisible();
  // An address alone does not get into an account that has no password.
  await again(page, "Acme");
  await expect(page.getByRole("main")).toContainText("signed in to in another way");
  await page.goto(at("/sign-in"));
  await page.getByRole("button", { name: "Sign in with Zenith" }).click();
  await expect(page).toHaveURL(at("/account"));
});

test("plain OAuth 2 signs in too", async ({ page }) => {
  await signInWith(page, "Hub", "ben");
  await page.getByRole("button", { name: "Sign out" }).click();
  await signInWith(page, "Hub", "ben");
  // It cannot show that somebody is there just now.
  await page.goto(at("/account/confirm?task=export&next=/account/export"));
  await expect(page.getByRole("button", { name: "Send me a code" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Confirm with" })).toHaveCount(0);
});

test("an account with a password is linked by that password", async ({ page }) => {
  await begin(page, "Acme", "/studio/sign-in");
  await comeIn(page, "boss");
  await expect(heading(page)).toHaveText("Link Acme to your account");
  await axe(page);
  await fitsPhone(page);
  await page.getByLabel("Password").fill("something else");
  await page.getByRole("button", { name: "Link and sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("not the password");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Link and sign in" }).click();
  await expect(page).toHaveURL(at("/studio/sign-in"));
  await again(page, "Acme");
  await expect(page).toHaveURL(at("/studio"));
});

test("a provider confirms that somebody is still there, and only them", async ({ page, context }) => {
  await signInWith(page, "Acme", "cleo");
  await page.goto(at("/account/confirm?task=export&next=/account/export"));
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("button", { name: "Confirm with Acme" }).click();
  // Acme knows who it is, and asks all the same.
  await expect(heading(page)).toHaveText("Acme");
  await comeIn(page, "cleo");
  await expect(page).toHaveURL(at("/account/export"));

  // It was for that task alone, and somebody else there does not do.
  await page.goto(at("/account/sign-in/providers"));
  await context.clearCookies({ name: "Acme-session" });
  await page.getByRole("button", { name: "Confirm with Acme" }).click();
  await comeIn(page, "somebody");
  await expect(heading(page)).toHaveText("Acme could not confirm that it is you");
  await axe(page);
  await fitsPhone(page);
  await page.goto(at("/account/sign-in/providers"));
  await expect(heading(page)).toHaveText("Please show that it is you");
});

test("an answer is good once, and in one browser", async ({ page, browser }) => {
  await begin(page, "Acme");
  const answer = await answerOf(page, "dora");
  const stranger = await browser.newPage();
  await isRefused(stranger, answer, "begun in another browser");
  await begin(stranger, "Acme");
  await isRefused(stranger, answer, "begun in another browser");
  await stranger.close();
  await page.goto(answer);
  await expect(page).toHaveURL(at("/account"));
  await isRefused(page, answer, "used already");
});

test("RFC 9207: an answer that another server gave is not taken", async ({ page }) => {
  const issuers = JSON.parse(process.env.CANDOR_TEST_ISSUERS ?? "{}") as Record<string, string>;
  for (const iss of [issuers.zenith, undefined]) {
    await begin(page, "Acme");
    const answer = new URL(await answerOf(page, "eve"));
    expect(answer.searchParams.get("iss")).toBe(issuers.acme);
    if (iss) answer.searchParams.set("iss", iss);
    else answer.searchParams.delete("iss");
    await isRefused(page, answer.href, "did not fit what was asked for");
    await page.context().clearCookies();
  }
});

test("stopping there, an unverified address, an unknown one, and a provider that is down are told", async ({ page }) => {
  await begin(page, "Acme", "/account/export");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(heading(page)).toHaveText("Signing in with Acme did not work");
  await expect(page.getByRole("main")).toContainText("you stopped there");
  await page.getByRole("button", { name: "Try Acme again" }).click();
  await comeIn(page, "unverified");
  await expect(page.getByRole("main")).toContainText("is not verified");
  await page.context().clearCookies();
  await begin(page, "Acme");
  await comeIn(page, "nobody");
  await expect(page.getByRole("main")).toContainText("No account here belongs to this sign-in");
  await axe(page);
  await fitsPhone(page);

  await page.goto(at("/sign-in?next=/account/export"));
  await page.getByRole("button", { name: "Sign in with Gone" }).click();
  await expect(page.getByRole("main")).toContainText("Gone does not answer at the moment");
  await page.getByRole("link", { name: "Sign in in another way" }).click();
  await expect(page).toHaveURL(at("/sign-in?next=/account/export"));
});

test("two tabs that have both begun both arrive", async ({ page, context }) => {
  const other = await context.newPage();
  await begin(page, "Acme");
  await begin(other, "Acme", "/requests");
  await comeIn(page, "finn");
  await expect(page).toHaveURL(at("/account"));
  await comeIn(other, "finn");
  await expect(other).toHaveURL(at("/requests"));
  // The cookie is a new one; this tab goes on with it.
  await page.reload();
  await expect(page).toHaveURL(at("/account"));
});

test("nobody is sent elsewhere afterwards", async ({ page }) => {
  await begin(page, "Acme", "//evil.example/");
  await comeIn(page, "gil");
  await expect(page).toHaveURL(at("/account"));
});

test("an admin sets a service up, and is told whether it answers", async ({ page }) => {
  const name = `Tried ${test.info().project.name}`;
  const issuers = JSON.parse(process.env.CANDOR_TEST_ISSUERS ?? "{}") as Record<string, string>;
  await page.goto(at("/sign-in?next=/studio/sign-in"));
  await page.getByLabel("Email address").fill(`${named("boss")}@example.org`);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(at("/studio/sign-in"));
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("link", { name: "Add a service" }).click();
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(at("/studio/sign-in/new"));
  await axe(page);
  await fitsPhone(page);
  await page.getByLabel("Name in addresses").fill(named("acme"));
  await page.getByLabel("Name on the button").fill(name);
  await page.getByRole("textbox", { name: "Issuer" }).fill("javascript:alert(1)");
  await page.getByLabel("Client ID").fill("portal");
  await page.getByLabel("Client secret").fill("hush-Acme");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("begins with https://");
  await expect(page.getByLabel("Client secret")).toHaveValue("");
  // Without the slash, it is not the same issuer.
  await page.getByRole("textbox", { name: "Issuer" }).fill(`${issuers.acme}/`);
  await page.getByLabel("Client secret").fill("hush-Acme");
  await page.getByRole("button", { name: "Save" }).click();
  const entry = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
  await entry.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByRole("alert")).toContainText("cannot be used as it is set up");
  await entry.getByRole("link", { name: "Change" }).click();
  await page.getByRole("textbox", { name: "Issuer" }).fill(issuers.acme ?? "");
  await page.getByLabel("Client secret").fill("hush-Acme");
  await page.getByRole("button", { name: "Save" }).click();
  await entry.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByRole("alert")).toContainText(`${issuers.acme}/token`);
  await axe(page);
  await fitsPhone(page);
  await expect(page.locator("body")).not.toContainText("hush-Acme");
  await entry.getByRole("link", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(entry).toHaveCount(0);
});
