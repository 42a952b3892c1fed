// Places to sign in with: two OpenID providers, a plain OAuth 2 server, and one that does not answer. With them
// comes a tenant of its own, so that the demo's stay as they are.

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import Provider, { type Configuration } from "oidc-provider";

export const projects = ["javascript", "no-javascript"];
/** The people of the tenant, once per project, since each changes what is known about them. */
export const people = ["ada", "ben", "cleo", "dora", "eve", "finn", "gil", "unverified"];
export const password = "correct horse battery";

/** What is started, and how to stop it. */
export interface Providers {
  /** The tables for a tenant file, with the files of secrets beside it. */
  tables: string;
  issuers: Record<string, string>;
  stop(): void;
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function form(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(Buffer.concat(await request.toArray()).toString());
}

/** The page on which somebody says who they are; nobody asks for a password here. */
function ask(response: ServerResponse, name: string, carried = ""): void {
  response.setHeader("content-type", "text/html");
  response.end(`<!doctype html><html lang="en"><title>${name}</title><h1>${name}</h1><form method="post">${carried}
    <label>Name <input name="login"></label> <button>Come in</button> <button name="stop" value="1">Stop</button></form>`);
}

/** An OpenID provider that lets in whoever gives a name, as name@example.org. */
async function openid(name: string, back: string): Promise<{ issuer: string; server: Server }> {
  const server = createServer();
  const issuer = await listen(server);
  const configuration: Configuration = {
    clients: [{ client_id: "portal", client_secret: `hush-${name}`, redirect_uris: [back] }],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    claims: { email: ["email", "email_verified"] },
    // Cookies do not know of ports.
    cookies: {
      keys: [randomUUID()],
      names: { interaction: `${name}-interaction`, resume: `${name}-resume`, session: `${name}-session` },
    },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: !id.startsWith("unverified") }),
    }),
    // Whoever comes in has agreed.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ accountId: oidc.session?.accountId, clientId: oidc.client?.clientId });
      grant.addOIDCScope("openid email");
      await grant.save();
      return grant;
    },
  };
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  server.on("request", async (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith("/interaction/")) return answer(request, response);
    if (request.method !== "POST") return ask(response, name);
    const typed = await form(request);
    const result = typed.has("stop") ? { error: "access_denied" } : { login: { accountId: typed.get("login") ?? "" } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });
  return { issuer, server };
}

/** As GitHub does it: no OpenID, numbers for names, and a list of addresses. */
async function plain(): Promise<{ url: string; server: Server }> {
  const logins: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://x");
    const json = (value: unknown) => response.setHeader("content-type", "application/json").end(JSON.stringify(value));
    const login = logins[Number(/\d+/.exec(request.headers.authorization ?? "")?.[0] ?? -1)];
    if (url.pathname === "/authorize" && request.method === "POST") {
      const number = logins.push((await form(request)).get("login") ?? "") - 1;
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.searchParams.set("code", `code-${number}`);
      back.searchParams.set("state", url.searchParams.get("state") ?? "");
      response.writeHead(303, { location: back.href }).end();
    } else if (url.pathname === "/authorize") ask(response, "Hub");
    else if (url.pathname === "/token") {
      json({ access_token: `token-${(await form(request)).get("code")?.slice(5)}`, token_type: "bearer" });
    } else if (url.pathname === "/user" && login) json({ id: [...login].reduce((n, c) => n * 31 + c.charCodeAt(0), 7) % 1e9 });
    else if (url.pathname === "/emails" && login) json([{ email: `${login}@example.org`, primary: true, verified: true }]);
    else response.writeHead(401).end();
  });
  return { url: await listen(server), server };
}

export async function startProviders(port: number): Promise<Providers> {
  const back = `http://vouched.localhost:${port}/sign-in/back`;
  const [acme, zenith, hub] = await Promise.all([openid("Acme", back), openid("Zenith", back), plain()]);
  const { issuer: gone, server: closed } = await openid("Gone", back);
  closed.close();
  const table = (slug: string, name: string, more: string) =>
    `[[tenant.sign-in.provider]]\nslug = "${slug}"\nname = "${name}"\nclient-id = "portal"\ntrusted-email = true\n${more}\n`;
  const issued = (name: string, issuer: string) =>
    `kind = "openid"\nissuer = "${issuer}"\nclient-secret-file = "${name}.secret"`;
  const tables = [
    table("acme", "Acme", issued("Acme", acme.issuer)),
    table("zenith", "Zenith", issued("Zenith", zenith.issuer)),
    table("gone", "Gone", issued("Gone", gone)),
    table(
      "hub",
      "Hub",
      `kind = "oauth2"\nauthorize-url = "${hub.url}/authorize"\ntoken-url = "${hub.url}/token"\n` +
        `userinfo-url = "${hub.url}/user"\nemails-url = "${hub.url}/emails"`,
    ),
  ].join("\n");
  return {
    tables,
    issuers: { acme: acme.issuer, zenith: zenith.issuer },
    stop: () => [acme.server, zenith.server, hub.server].forEach((server) => server.close().closeAllConnections()),
  };
}

/** Makes the tenant `vouched`, with its people and, per project, somebody who works for it. */
export async function makeTenant(
  { tables }: Providers,
  folder: string,
  candor: (args: string[], input?: string) => Promise<void>,
): Promise<void> {
  const demo = readFileSync(join(import.meta.dirname, "../demo/lumaire-2.toml"), "utf8");
  const file = demo
    .replace('slug = "lumaire"', 'slug = "vouched"')
    .replace("lumaire.localhost", "vouched.localhost")
    .replace("[tenant.brand]", `${tables}\n[tenant.brand]`);
  for (const name of ["Acme", "Zenith", "Gone"]) writeFileSync(join(folder, `${name}.secret`), `hush-${name}\n`);
  writeFileSync(join(folder, "vouched.toml"), file);
  await candor(["tenant", "apply", join(folder, "vouched.toml")]);
  const lines = projects.flatMap((project) =>
    people.map((name) => ({ type: "subject", id: `${name}-${project}`, email: `${name}-${project}@example.org`, name })),
  );
  writeFileSync(join(folder, "people.ndjson"), lines.map((line) => JSON.stringify(line)).join("\n"));
  await candor(["import", "--tenant", "vouched", join(folder, "people.ndjson")]);
  for (const project of projects) {
    await candor(["staff", "add", "--tenant", "vouched", "--role", "admin", `boss-${project}@example.org`], `${password}\n`);
  }
}

/** Runs a program to its end, and fails with what it said if it does. */
export async function run(program: string, args: string[], env: NodeJS.ProcessEnv, input = ""): Promise<void> {
  const child = spawn(program, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(input);
  const said = Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${(await said).flat().join("")}`);
}
