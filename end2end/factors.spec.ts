// Signing in with more than a password. Each project has people of its own: what a test turns on stays theirs.

import { createHmac } from "node:crypto";
import type { CDPSession, Page } from "@playwright/test";

import { address, axe, expect, fillSignIn, first, fitsPhone, hasScripts, login, makeAccount, signIn, test, visit, type Role, type Tenant } from "./fixtures.ts";

const setUp = "/account/sign-in/second-factor";
const passkeys = "/account/sign-in/passkeys";

function tenant(): Tenant {
  return hasScripts() ? "lumaire" : "lumina-erp";
}

/** What an app shows (RFC 6238), so many steps of thirty seconds from now. */
function code(secret: string, steps = 0): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((character) => alphabet.indexOf(character).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", key).update(counter).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** Goes to a page that asks once more who it is. */
async function confirmed(page: Page, tenant: Tenant, path: string, password: string): Promise<void> {
  await page.goto(address(tenant, path));
  if (page.url().includes("/account/confirm")) {
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Continue" }).click();
  }
  await expect(page).toHaveURL(address(tenant, path));
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toHaveCount(0);
}

test("somebody sets a second factor up and signs in with it", async ({ page }) => {
  const role: Role = "customer";
  // Nobody else's: everything that signs in as them would be asked for a code.
  const somebody = await makeAccount(page, tenant(), hasScripts() ? "dmitri.hale@example.com" : "ivo.brandt@example.com");
  await fillSignIn(page, somebody);
  await expect(page).toHaveURL(new RegExp(`^${address(tenant(), "/account")}`));
  await confirmed(page, tenant(), setUp, somebody.password);
  await axe(page);
  await fitsPhone(page);

  await page.getByRole("button", { name: "Set up", exact: true }).click();
  await expect(page.getByRole("img", { name: "QR code" })).toBeVisible();
  await axe(page);
  await fitsPhone(page);
  const secret = (await page.locator("code.secret").innerText()).replaceAll(" ", "");
  await page.getByLabel("Code", { exact: true }).fill("12");
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("alert")).toContainText("not the code");
  await axe(page);
  await page.getByLabel("Code", { exact: true }).fill(code(secret));
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your recovery codes");
  const recovery = await page.locator(".recovery li").allInnerTexts();
  expect(recovery).toHaveLength(10);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Save as a file" }).click()]);
  expect(download.suggestedFilename()).toBe("recovery-codes.txt");
  await axe(page);
  await fitsPhone(page);

  // With a code of the app.
  await signOut(page);
  await visit(page, tenant(), "/sign-in?next=/account/answer");
  await fillSignIn(page, somebody);
  await expect(page).toHaveURL(address(tenant(), "/sign-in/second-factor"));
  await axe(page);
  await fitsPhone(page);
  await page.getByLabel("Code", { exact: true }).fill("000000");
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("not right");
  await axe(page);
  await page.getByLabel("Code", { exact: true }).fill(code(secret, 1));
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(address(tenant(), "/account/answer"));

  // With a recovery code, which is good once.
  await signOut(page);
  for (const expected of [first(role), "/sign-in/second-factor"]) {
    await visit(page, tenant(), "/sign-in");
    await fillSignIn(page, somebody);
    await page.getByRole("link", { name: "Use a recovery code" }).click();
    await axe(page);
    await page.getByLabel("Recovery code").fill(recovery[0] ?? "");
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(address(tenant(), expected));
    if (expected === first(role)) await signOut(page);
  }
  await expect(page.getByRole("alert")).toContainText("used already");
  await page.getByLabel("Recovery code").fill(recovery[1] ?? "");
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(address(tenant(), first(role)));

  // New codes, and off again: the password alone is not enough for that any more.
  await page.goto(address(tenant(), setUp));
  await expect(page.getByLabel("Password")).toHaveCount(0);
  await axe(page);
  await fitsPhone(page);
  await page.getByLabel("Code from your app").fill("000000");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert")).toContainText("not the code that your app shows now");
  await page.getByLabel("Code from your app").fill(recovery[2] ?? "");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("main")).toContainText("7 recovery codes left");
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("button", { name: "Make new recovery codes" }).click();
  await expect(page.locator(".recovery li")).toHaveCount(10);
  await visit(page, tenant(), setUp);
  await page.getByRole("button", { name: "Turn second factor off" }).click();
  await expect(page.getByRole("button", { name: "Set up", exact: true })).toBeVisible();
  await signOut(page);
  await visit(page, tenant(), "/sign-in");
  await fillSignIn(page, somebody);
  await expect(page).toHaveURL(address(tenant(), "/account"));
});

test("without JavaScript the pages about passkeys say so, and offer the other ways", async ({ page }) => {
  test.skip(hasScripts(), "with JavaScript they work");
  await visit(page, tenant(), "/sign-in");
  await page.getByRole("link", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("main")).toContainText("Passkeys need JavaScript");
  await expect(page.getByRole("button", { name: "Use a passkey" })).toBeHidden();
  await page.getByRole("link", { name: "Sign in another way" }).click();
  await expect(page).toHaveURL(address(tenant(), "/sign-in"));
});

test.describe("passkeys", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "a passkey needs a script");
  const role: Role = "approver";

  /** A phone that is unlocked without asking. */
  async function authenticator(page: Page): Promise<{ session: CDPSession; authenticatorId: string }> {
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return { session, authenticatorId };
  }

  test("somebody adds a passkey, and signs in and confirms with it", async ({ page }) => {
    const { session, authenticatorId } = await authenticator(page);
    const somebody = login("lumaire", role);
    await signIn(page, "lumaire", role);
    await confirmed(page, "lumaire", passkeys, somebody.password);
    await expect(page.getByRole("main")).toContainText("You have none yet");
    await axe(page);
    await fitsPhone(page);

    await page.getByRole("button", { name: "Add passkey" }).click();
    await expect(page.getByRole("alert")).toContainText("Give it a name");
    await axe(page);
    await page.getByLabel("Name").fill("My phone");
    await page.getByRole("button", { name: "Add passkey" }).click();
    await expect(page.locator(".passkeys")).toContainText("My phone");
    await expect(page.locator(".passkeys")).toContainText("not used yet");
    await axe(page);
    await fitsPhone(page);
    const { credentials } = await session.send("WebAuthn.getCredentials", { authenticatorId });
    expect(credentials.map((each) => [each.isResidentCredential, each.rpId])).toEqual([[true, "lumaire.localhost"]]);

    // The same device a second time.
    await page.getByLabel("Name").fill("Again");
    await page.getByRole("button", { name: "Add passkey" }).click();
    await expect(page.getByRole("alert").filter({ visible: true })).toContainText("has a passkey for your account already");

    // In, without address and password.
    await signOut(page);
    await visit(page, "lumaire", "/sign-in?next=/studio/policy/check");
    await page.getByRole("link", { name: "Sign in with a passkey" }).click();
    await axe(page);
    await fitsPhone(page);
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await expect(page).toHaveURL(address("lumaire", "/studio/policy/check"));

    // Once more for what matters.
    await page.goto(address("lumaire", passkeys));
    await expect(page).toHaveURL(/\/account\/confirm/);
    await axe(page);
    await fitsPhone(page);
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await expect(page).toHaveURL(address("lumaire", passkeys));
    await expect(page.locator(".passkeys")).toContainText("last used on");

    await page.getByRole("link", { name: "Change My phone" }).click();
    await axe(page);
    await fitsPhone(page);
    await page.getByLabel("Name").fill("Old phone");
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page.locator(".passkeys")).toContainText("Old phone");

    // A copy that counts from the beginning is refused.
    const [credential] = (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
    if (!credential) throw new Error("The passkey is gone.");
    await session.send("WebAuthn.removeCredential", { authenticatorId, credentialId: credential.credentialId });
    await session.send("WebAuthn.addCredential", { authenticatorId, credential: { ...credential, signCount: 0 } });
    await signOut(page);
    await visit(page, "lumaire", "/sign-in/passkey");
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await expect(page.getByRole("alert").first()).toContainText("not right here");
    await axe(page);

    // Who cancels is told, and can try again.
    await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await expect(page.getByText("No passkey was used")).toBeVisible();
    await axe(page);

    await page.getByRole("link", { name: "Sign in another way" }).click();
    await fillSignIn(page, somebody);
    await expect(page).toHaveURL(address("lumaire", first(role)));
    await confirmed(page, "lumaire", passkeys, somebody.password);
    await page.getByRole("link", { name: "Change Old phone" }).click();
    await page.getByRole("button", { name: "Remove passkey" }).click();
    await expect(page.getByRole("main")).toContainText("You have none yet");
  });

  test("a browser that knows no passkeys is told so", async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, "PublicKeyCredential"));
    await visit(page, "lumaire", "/sign-in/passkey");
    await expect(page.getByRole("main")).toContainText("This browser cannot use passkeys here");
    await axe(page);
  });
});
