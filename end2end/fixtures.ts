// What the browser tests share: where the demo's tenants are, who can sign in, and checks for every page.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { request } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, type Page, type Request, type Response, test as base } from "@playwright/test";

import type { AxeResults } from "axe-core";

export { expect };

export const tenants = ["lumaire", "lumina-erp"] as const;
export type Tenant = (typeof tenants)[number];
export type Role = "customer" | "support" | "admin" | "editor" | "approver" | "auditor";

/** The list of the demo's tenants, on a host that is none's. */
export function index(): string {
  return `http://localhost:${port()}/`;
}

/** A page's address. Browsers find `*.localhost` on this machine by themselves. */
export function address(tenant: Tenant, path = "/"): string {
  return `http://${host(tenant)}${path}`;
}

function host(tenant: Tenant): string {
  return `${tenant}.localhost:${port()}`;
}

function port(): number {
  return Number(process.env.CANDOR_TEST_PORT);
}

export interface Login {
  email: string;
  password: string;
}

/** Somebody in the demo who can sign in; the first of those who fit, unless another is asked for. */
export function login(tenant: Tenant, role: Role, number = 0): Login {
  const file = join(process.env.CANDOR_TEST_DATA_DIR ?? "", "demo-logins.json");
  const logins = JSON.parse(readFileSync(file, "utf8")) as {
    password: string;
    accounts: { tenant: string; role: string; email: string }[];
  };
  const account = logins.accounts.filter((each) => each.tenant === tenant && each.role === role)[number];
  if (!account) throw new Error(`The demo has no ${role} ${number} in ${tenant}.`);
  return { email: account.email, password: logins.password };
}

/** An answer without a browser: for headers, files, and what a stranger could send. */
export async function ask(
  tenant: Tenant,
  path: string,
  { method = "GET", headers = {}, body = "" }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: port(), path, method, headers: { host: host(tenant), ...headers } };
    request(options, async (response) => {
      try {
        const body = Buffer.concat(await response.toArray());
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      } catch (error) {
        reject(error);
      }
    })
      .on("error", reject)
      .end(body);
  });
}

/** Goes to a page, which must answer well and be headed by exactly one `h1`. */
export async function visit(page: Page, tenant: Tenant, path: string): Promise<Response> {
  const response = await page.goto(address(tenant, path));
  expect(response?.status(), path).toBe(200);
  await expect(page.locator("h1"), path).toHaveCount(1);
  await expect(page.locator("h1"), path).not.toBeEmpty();
  return response as Response;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Checks the page against WCAG 2.2 AA. Without JavaScript in the page there is nothing to run it with:
 * the other project looks at the same page.
 */
export async function axe(page: Page): Promise<void> {
  if (!hasScripts()) return;
  // Comes in through the debugger, which the page's content security policy does not bind.
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const results = await axe.run({ runOnly: tags });
    return results.violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.target.join(" ")) }));
  });
  expect(violations, page.url()).toEqual([]);
}

/** Checks that nothing on the page is wider than a small phone. */
export async function fitsPhone(page: Page): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  // The page is laid out anew a moment after the window has changed.
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(width, page.url()).toBeLessThanOrEqual(320);
  if (size) await page.setViewportSize(size);
}

/** Whether the pages of this test run scripts. */
export function hasScripts(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** Fills in the page for signing in, wherever it has been reached from. */
export async function fillSignIn(page: Page, { email, password }: Login): Promise<void> {
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

/** The page on which somebody in that role begins. */
export function first(role: Role): string {
  return { customer: "/account", support: "/desk" }[role as string] ?? "/studio";
}

/** Signs in as somebody in the demo, and waits for the first page of that role. */
export async function signIn(page: Page, tenant: Tenant, role: Role, number = 0): Promise<void> {
  await visit(page, tenant, "/sign-in");
  await fillSignIn(page, login(tenant, role, number));
  await expect(page).toHaveURL(address(tenant, first(role)));
}

/** Shows once more who one is, on the page that asks for it, and is sent on to `next`. */
export async function confirm(page: Page, tenant: Tenant, password: string, next: string): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`^${address(tenant, "/account/confirm")}\\?`));
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(address(tenant, next));
}

/** The mails that the mail server has taken for somebody, the first one first. */
export function mails(email: string): { text: string; html: string }[] {
  const folder = process.env.CANDOR_TEST_MAIL_DIR ?? "";
  return readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => join(folder, name))
    .sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs)
    .map((file) => readFileSync(file, "utf8"))
    .filter((mail) => new RegExp(`^To:.*${email}`, "im").test(mail))
    .map((mail) => {
      const part = (type: string) => {
        const from = mail.indexOf(`Content-Type: ${type}`);
        const [head = "", ...body] = mail.slice(from).split(/\r?\n\r?\n/);
        const whole = body.join("\n\n").split(/\r?\n--/)[0] ?? "";
        if (/base64/i.test(head)) return Buffer.from(whole, "base64").toString("utf8");
        if (!/quoted-printable/i.test(head)) return whole;
        const bytes = whole.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
        return Buffer.from(bytes, "latin1").toString("utf8");
      };
      return { text: part("text/plain"), html: part("text/html") };
    });
}

/** Waits for more than so many mails to somebody with a link for that purpose; the answer is the last link. */
export async function mailedLink(email: string, purpose: string, before = 0): Promise<string> {
  const links = () => mails(email).flatMap((mail) => new RegExp(`http://\\S+/confirm/${purpose}/\\S+`).exec(mail.text)?.[0] ?? []);
  await expect.poll(() => links().length, { timeout: 20_000 }).toBeGreaterThan(before);
  return links().at(-1) ?? "";
}

/** Makes the account of somebody who has none, by the link in the mail. */
export async function makeAccount(page: Page, tenant: Tenant, email: string): Promise<Login> {
  const somebody = { email, password: "words of somebody who is new here" };
  await visit(page, tenant, "/sign-up");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.goto(await mailedLink(email, "sign-up"));
  await page.getByLabel("New password").fill(somebody.password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page.getByRole("status")).toContainText("Your account is ready.");
  return somebody;
}

/** The six digits of every mail to this person so far that has some. */
export function mailedCodes(email: string): string[] {
  return mails(email).flatMap((mail) => /^\d{6}$/m.exec(mail.text) ?? []);
}

export const test = base.extend<{ requests: Request[] }>({
  /** Everything that the page has asked for. */
  requests: async ({ page }, use) => {
    const requests: Request[] = [];
    page.on("request", (request) => requests.push(request));
    await use(requests);
  },
});
