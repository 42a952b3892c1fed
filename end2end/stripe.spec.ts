// A customer's payments at Stripe: live, as last seen, and after events. Stripe is `localstripe` behind a proxy.

import type { Page } from "@playwright/test";

import { axe, expect, fitsPhone, mailedLink, test } from "./fixtures.ts";
import { password } from "./providers.ts";
import { account, deliver, fail, heard, shop, tenant } from "./stripe.ts";

const project = () => test.info().project.name;
const at = (path: string) => `http://${tenant(project())}.localhost:${process.env.CANDOR_TEST_PORT}${path}`;
const person = () => `pia@${tenant(project())}.example`;
const payments = "/account/category/payment";

async function confirmed(page: Page, path: string): Promise<void> {
  await page.goto(at(path));
  if (page.url().includes("/account/confirm")) {
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Continue" }).click();
  }
  await expect(page).toHaveURL(at(path));
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(at("/sign-in"));
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
}

/** Connects the account of this project, after having typed a key of the other mode. */
async function connect(page: Page): Promise<void> {
  const { url, key, secret } = account(project());
  await signIn(page, `boss@${tenant(project())}.example`);
  await confirmed(page, "/studio/stripe");
  await expect(page.getByRole("main")).toContainText("No account at Stripe is connected");
  await axe(page);
  await confirmed(page, "/studio/stripe/connect");
  await axe(page);
  await fitsPhone(page);
  const fill = async (mode: string, typed: string) => {
    await page.getByRole("radio", { name: mode }).check();
    await page.getByLabel("Key", { exact: true }).fill(typed);
    await page.getByLabel("Signing secret of the webhook").fill(secret);
    await page.getByLabel("Where Stripe is asked").fill(url);
    await page.getByRole("button", { name: "Check and connect" }).click();
  };
  await fill("Live", key);
  await expect(page.getByRole("alert")).toContainText("This key is of the other mode");
  await axe(page);
  await fill("Test", "rk_test_unknown");
  await expect(page.getByRole("alert")).toContainText("Stripe does not know this key");
  await fill("Test", key);
  await expect(page).toHaveURL(at("/studio/stripe"));
  await expect(page.getByRole("main")).toContainText("/hooks/stripe");
  expect(await page.content()).not.toContain(key);
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByRole("alert")).toContainText("Stripe answers");
  await page.getByRole("button", { name: "Sign out" }).click();
}

/** Buys a course at the company's shop, and subscribes to another. */
async function buy(): Promise<{ customer: string; payment: string; subscription: string; method: string }> {
  const card = { type: "card", "card[number]": "4242424242424242", "card[exp_month]": "12", "card[exp_year]": "2031", "card[cvc]": "123" };
  const { id: customer } = await shop(project(), "/customers", { email: person(), name: "Pia" });
  const { id: method } = await shop(project(), "/payment_methods", card);
  await shop(project(), `/payment_methods/${method}/attach`, { customer });
  await shop(project(), `/customers/${customer}`, { "invoice_settings[default_payment_method]": method });
  const paid = { amount: "4900", currency: "eur", customer, payment_method: method, confirm: "true" };
  const { id: payment } = await shop(project(), "/payment_intents", paid);
  const { id: subscription } = await shop(project(), "/subscriptions", { customer, "items[0][plan]": "course" });
  return { customer, payment, subscription, method };
}

test("a customer sees their payments at Stripe now, and as last seen while it is down", async ({ page }) => {
  test.setTimeout(180_000);
  const main = page.getByRole("main");
  const status = page.locator(".at-stripe").getByRole("status");
  await connect(page);
  const { customer, payment, subscription, method } = await buy();

  // Whoever has the address gets an account, and sees what is there under that address.
  await page.goto(at("/sign-up"));
  await page.getByLabel("Email address").fill(person());
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.goto(await mailedLink(person(), "sign-up"));
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await signIn(page, person());
  await confirmed(page, "/account");
  const kind = page.locator("#kind-payment");
  await kind.locator("summary").click();
  await kind.getByRole("link", { name: "See what Stripe says just now" }).click();
  await expect(page).toHaveURL(at(payments));
  await expect(page.getByRole("heading", { name: "At Stripe, just now" })).toBeVisible();
  for (const part of [customer, payment, "€49.00", "paid", subscription, "€9.00", "active"]) await expect(main).toContainText(part);
  const html = await page.content();
  for (const part of ["4242", "2031", method, "visa"]) expect(html).not.toContain(part);
  await axe(page);
  await fitsPhone(page);

  // Down in every way that Stripe can be down.
  for (const fault of ["broken", "busy", "silent"] as const) {
    await fail(project(), fault);
    await page.reload();
    await expect(status).toContainText(/Stripe could not be asked just now\. This is what it said last, as of .*\d\d:\d\d\./);
    await expect(main).toContainText(payment);
  }
  await axe(page);
  await fail(project(), "none");
  await page.reload();
  await expect(status).toContainText("just now, when you opened this page");

  // Events: as they came, once more, and the later ones first. None of them can make it older than it is.
  await shop(project(), `/subscriptions/${subscription}`, {}, "DELETE");
  await expect.poll(() => heard(customer), { timeout: 20_000 }).toContain("customer.subscription.deleted");
  expect(new Set(await deliver(project(), customer, "forged"))).toEqual(new Set([400]));
  expect(new Set(await deliver(project(), customer, "late"))).toEqual(new Set([400]));
  await fail(project(), "broken");
  await page.reload();
  await expect(status).not.toContainText("something has changed");
  expect(new Set(await deliver(project(), customer, "twice"))).toEqual(new Set([204]));
  await page.reload();
  await expect(status).toContainText("We know that something has changed since.");
  // As soon as it is back, the portal asks by itself.
  await fail(project(), "none");
  const another = { amount: "1200", currency: "eur", customer, payment_method: method, confirm: "true" };
  const { id: newer } = await shop(project(), "/payment_intents", another);
  await expect.poll(() => heard(customer), { timeout: 20_000 }).toContain("payment_intent.succeeded");
  expect(new Set(await deliver(project(), customer, "reversed"))).toEqual(new Set([204]));
  await expect
    .poll(
      async () => {
        await fail(project(), "broken");
        await page.reload();
        const known = (await main.innerText()).includes(newer);
        await fail(project(), "none");
        return known;
      },
      { timeout: 60_000, intervals: [3000] },
    )
    .toBe(true);
  await expect(main).toContainText("cancelled");

  // Deleted at Stripe, the customer is still there, and so is what was paid.
  await shop(project(), `/customers/${customer}`, {}, "DELETE");
  await page.reload();
  await expect(main).toContainText("deleted at Stripe");

  // What deleting here means there.
  await confirmed(page, "/account/delete");
  await expect(main).toContainText("nothing is deleted at Stripe by itself");
  await expect(main).toContainText("usually five to ten years");
  await axe(page);
  await fitsPhone(page);
});
