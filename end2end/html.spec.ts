// Every kind of page is HTML as it should be: pages are followed from link to link, as everybody who can sign in,
// in both languages, and checked by html-validate.

import { HtmlValidate } from "html-validate";

import { ask, expect, login, type Role, tenants, type Tenant, test } from "./fixtures.ts";

const validate = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:document"],
  elements: ["html5", { "leptos-island": { flow: true, phrasing: true, permittedContent: ["@flow"] } }],
  rules: {
    // How our renderer writes, which is no fault: `<br>`, `disabled`, `&` in links that it escapes.
    "void-style": "off",
    "attribute-boolean-style": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
    // Text of people and companies, hyphenated by nobody.
    "no-raw-characters": "off",
    // Two forms on a page may have a button each that says the same.
    "form-dup-name": "off",
    // What is wrong with a form is told before the page begins.
    "heading-level": ["error", { minInitialRank: "h2" }],
    // Keys of services are no passwords of whoever types them, and not for the browser to keep.
    "autocomplete-password": "off",
    // All files are our own.
    "require-sri": ["error", { target: "crossorigin" }],
  },
});

/** How many pages of one kind are looked at: one says as much as ten. */
const ofAKind = 2;

/** The kind of a page: its path without what names one thing among many. */
function kind(path: string): string {
  return path
    .replace(/\?.*/, "")
    .replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}(?=\/|$)/g, "/{}")
    .replace(/\/(category|organisation|correct|versions|sections|retention|processors|sign-in|export)\/(?!new$|own)[^/]+/g, (whole, list: string) =>
      fixed.has(whole) ? whole : `/${list}/{}`,
    );
}
const fixed = new Set(["/sign-in/passkey", "/sign-in/link", "/sign-in/sent", "/sign-in/second-factor", "/sign-in/password", "/sign-in/address", "/sign-in/passkeys", "/sign-in/providers", "/sign-in/review"]);

interface Reader {
  role: Role | "visitor";
  tenant: Tenant;
  language: "en" | "de";
}

const form = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
const encoded = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

/** Somebody who reads: the cookie, and what confirms who they are. */
class Session {
  readonly tenant: Tenant;
  readonly cookie: string;
  readonly password: string;

  private constructor(tenant: Tenant, cookie: string, password: string) {
    this.tenant = tenant;
    this.cookie = cookie;
    this.password = password;
  }

  static async of({ tenant, role }: Pick<Reader, "tenant" | "role">): Promise<Session> {
    if (role === "visitor") return new Session(tenant, "", "");
    const { email, password } = login(tenant, role);
    const entered = await ask(tenant, "/sign-in", { method: "POST", headers: form, body: encoded({ email, password }) });
    return new Session(tenant, String(entered.headers["set-cookie"]).split(";")[0] ?? "", password);
  }

  /** Asks, and confirms first what has to be confirmed: the last task that was is the one that counts. */
  async ask(path: string, body?: Record<string, string>) {
    const once = () => {
      const headers = { ...(body ? form : {}), cookie: this.cookie };
      return ask(this.tenant, path, { method: body ? "POST" : "GET", headers, body: body ? encoded(body) : "" });
    };
    const answer = await once();
    const task = /^\/account\/confirm\?task=(\w+)/.exec(String(answer.headers.location))?.[1];
    if (answer.status !== 303 || !task) return answer;
    const fields = encoded({ task, next: "/account", password: this.password });
    await ask(this.tenant, "/account/confirm", { method: "POST", headers: { ...form, cookie: this.cookie }, body: fields });
    return once();
  }
}

/** Checks a page; the answer is where it links to, and what is wrong. */
function check(place: string, html: string): { links: string[]; wrong: string[] } {
  const report = validate.validateStringSync(html);
  const wrong = report.results.flatMap((result) =>
    result.messages.map((each) => `${place}: ${each.message} (${each.ruleId}, ${each.selector ?? ""})`),
  );
  const links = [...html.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&").replace(/#.*/, ""));
  return { links, wrong };
}

async function crawl({ role, tenant, language }: Reader): Promise<{ kinds: string[]; wrong: string[] }> {
  const session = await Session.of({ tenant, role });
  const seen = new Map<string, number>();
  const queue = ["/", "/nowhere", "/sign-up", "/forgot", "/sign-in", "/account/sign-in", "/desk", "/studio", "/account", "/api/v1/docs"];
  const asked = new Set<string>();
  const wrong: string[] = [];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const one = kind(path);
    // Only reading: a GET changes nothing. Files are no pages.
    if (asked.has(path) || (seen.get(one) ?? 0) >= ofAKind || /\.(json|txt|zip)$|\/zip$|^\/assets\//.test(path)) continue;
    asked.add(path);
    const address = `${path}${path.includes("?") ? "&" : "?"}lang=${language}`.replace(/([?&])lang=\w+&lang=/, "$1lang=");
    const answer = await session.ask(address);
    const to = answer.headers.location;
    if (answer.status === 303 && typeof to === "string" && to.startsWith("/")) queue.push(to.replace(/[?&]lang=\w+/, ""));
    if (!String(answer.headers["content-type"]).startsWith("text/html")) continue;
    seen.set(one, (seen.get(one) ?? 0) + 1);
    const { links, wrong: found } = check(`${role} ${address}`, answer.body.toString("utf8"));
    wrong.push(...found);
    queue.push(...links.map((link) => link.replace(/[?&]lang=\w+/, "").replace(/^([^?]*)&/, "$1?")));
  }
  return { kinds: [...seen.keys()], wrong };
}

const readers: Reader[] = [
  ...tenants.flatMap((tenant) => (["en", "de"] as const).map((language) => ({ role: "visitor" as const, tenant, language }))),
  { role: "customer", tenant: "lumaire", language: "en" },
  { role: "customer", tenant: "lumina-erp", language: "de" },
  { role: "admin", tenant: "lumina-erp", language: "en" },
  { role: "admin", tenant: "lumaire", language: "de" },
  { role: "support", tenant: "lumina-erp", language: "de" },
];

for (const reader of readers) {
  test(`${reader.role} of ${reader.tenant} reads HTML as it should be, ${reader.language}`, async () => {
    const { kinds, wrong } = await crawl(reader);
    expect(kinds.length, kinds.join("\n")).toBeGreaterThan(10);
    // Every fault once: what one page has, its siblings have as well.
    const told = new Map(wrong.map((each) => [each.replace(/^[^:]*: /, "").replace(/\(.*/, ""), each]));
    expect([...told.values()].slice(0, 40)).toEqual([]);
  });
}

test("forms that were not right are HTML as it should be", async () => {
  const wrong: string[] = [];
  const forms: [Pick<Reader, "tenant" | "role">, string[]][] = [
    [{ tenant: "lumaire", role: "visitor" }, ["/sign-in", "/forgot", "/sign-up"]],
    [
      { tenant: "lumina-erp", role: "admin" },
      ["/studio/policy/sections/new", "/studio/tokens/new", "/studio/webhooks/new", "/studio/staff/invite", "/studio/sign-in/new"],
    ],
  ];
  for (const [reader, paths] of forms) {
    const session = await Session.of(reader);
    for (const path of paths) {
      const answer = await session.ask(path, { name: "", email: "x" });
      expect(answer.status, path).toBe(422);
      wrong.push(...check(path, answer.body.toString("utf8")).wrong);
    }
  }
  expect(wrong).toEqual([]);
});
