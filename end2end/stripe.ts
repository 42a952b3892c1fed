// Stripe, as far as a machine can have it: `localstripe` does the work, and a proxy before it completes what it lacks
// (a list of payment intents, customers that are still known when deleted, restricted keys), has failures on demand, and
// delivers the events that `localstripe` has signed when and as often as a test wants.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { password, projects } from "./providers.ts";

/** What the portal sends as its key; `localstripe` knows full keys only. */
const peerKey = "sk_test_localstripe";
const secret = "whsec_signs_what_is_sent";

/** How a project's Stripe behaves towards the portal: as it should, or with a failure. */
export type Fault = "none" | "silent" | "busy" | "broken";
/** In which way events are delivered. */
export type Delivery = "straight" | "twice" | "reversed" | "forged" | "late";

/** What a test needs to know of a project's Stripe. */
export interface Account {
  url: string;
  key: string;
  secret: string;
}

interface Heard {
  type: string;
  customer: string;
  signature: string;
  body: string;
}

export interface Stripe {
  url: string;
  stop(): Promise<void>;
}

/** The tenant of a project: its own, since what a test does to Stripe it does to all of a tenant. */
export const tenant = (project: string) => `paid-${project}`;

/** The account of a project at the Stripe that `startStripe` has started. */
export function account(project: string): Account {
  return { url: `${process.env.CANDOR_TEST_STRIPE}/${project}`, key: `rk_test_${project.replace("-", "_")}`, secret };
}

/** Makes or changes something at Stripe, as the company's own shop would. */
export async function shop<T = { id: string }>(project: string, path: string, values: Record<string, string> = {}, method = "POST"): Promise<T> {
  const answer = await fetch(`${process.env.CANDOR_TEST_STRIPE}/shop/${project}/v1${path}`, { method, body: method === "POST" ? new URLSearchParams(values) : undefined });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** From here on this project's Stripe has that failure, or none. */
export async function fail(project: string, fault: Fault): Promise<void> {
  await fetch(`${process.env.CANDOR_TEST_STRIPE}/fault/${project}/${fault}`, { method: "POST" });
}

/** The kinds of events about a customer that were heard and not delivered. */
export async function heard(customer: string): Promise<string[]> {
  return (await (await fetch(`${process.env.CANDOR_TEST_STRIPE}/heard/${customer}`)).json()) as string[];
}

/** Delivers the events about a customer; the answer is what the portal said to each. */
export async function deliver(project: string, customer: string, how: Delivery): Promise<number[]> {
  const answer = await fetch(`${process.env.CANDOR_TEST_STRIPE}/deliver/${project}/${customer}/${how}`, { method: "POST" });
  return (await answer.json()) as number[];
}

function program(): string {
  const scripts = readFileSync(join(import.meta.dirname, "../scripts/common.sh"), "utf8");
  const version = /^localstripe_version=(.+)$/m.exec(scripts)?.[1];
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const found = join(cache, `candor/tools/localstripe-${version}/bin/localstripe`);
  if (!existsSync(found)) throw new Error(`${found} is missing: run scripts/setup tests.`);
  return found;
}

function sign(body: string, time: number, by: string): string {
  return `t=${time},v1=${createHmac("sha256", by).update(`${time}.${body}`).digest("hex")}`;
}

/** Starts both. `portal` is the port that events are delivered to. */
export async function startStripe(portal: number, freePort: () => Promise<number>, output: number): Promise<Stripe> {
  const peerPort = await freePort();
  const peer = `http://127.0.0.1:${peerPort}`;
  const child = spawn(program(), ["--from-scratch", "--port", String(peerPort)], { stdio: ["ignore", output, output] });
  const ended = once(child, "exit");
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);

  const faults = new Map<string, Fault>();
  const payments = new Map<string, string[]>();
  const deleted = new Set<string>();
  let events: Heard[] = [];

  async function ask(path: string, method = "GET", body?: Buffer): Promise<{ status: number; text: string }> {
    const headers: Record<string, string> = { authorization: `Bearer ${peerKey}` };
    if (body?.length) headers["content-type"] = "application/x-www-form-urlencoded";
    const answer = await fetch(peer + path, { method, headers, body: body?.length ? new Uint8Array(body) : undefined });
    return { status: answer.status, text: await answer.text() };
  }

  /** What the portal reads. */
  async function read(project: string, key: string | undefined, path: string): Promise<{ status: number; text: string }> {
    const error = (status: number) => ({ status, text: JSON.stringify({ error: { type: "api_error" } }) });
    const fault = faults.get(project);
    if (fault === "busy") return error(429);
    if (fault === "broken") return error(500);
    if (fault === "silent") return new Promise(() => undefined);
    if (key !== `Bearer rk_test_${project.replace("-", "_")}`) return error(401);
    const url = new URL(path, peer);
    const customer = url.searchParams.get("customer") ?? /^\/v1\/customers\/(.+)$/.exec(url.pathname)?.[1] ?? "";
    if (url.pathname === "/v1/payment_intents") {
      const known = payments.get(customer) ?? [];
      const all = await Promise.all(known.map(async (id) => JSON.parse((await ask(`/v1/payment_intents/${id}`)).text) as unknown));
      return { status: 200, text: JSON.stringify({ object: "list", data: all.reverse(), has_more: false }) };
    }
    if (deleted.has(customer)) {
      if (url.pathname.startsWith("/v1/customers/")) {
        return { status: 200, text: JSON.stringify({ id: customer, object: "customer", deleted: true }) };
      }
      return { status: 200, text: JSON.stringify({ object: "list", data: [], has_more: false }) };
    }
    return ask(path);
  }

  /** What the company's shop does. */
  async function change(path: string, method: string, body: Buffer): Promise<{ status: number; text: string }> {
    const answer = await ask(path, method, body);
    if (answer.status !== 200) return answer;
    const object = JSON.parse(answer.text) as { id?: string; object?: string; customer?: string };
    if (method === "DELETE" && path.startsWith("/v1/customers/") && object.id) deleted.add(object.id);
    if (method === "POST" && object.object === "payment_intent" && object.customer && object.id) {
      const known = payments.get(object.customer) ?? [];
      if (!known.includes(object.id)) payments.set(object.customer, [...known, object.id]);
    }
    return answer;
  }

  function post(project: string, signature: string, body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = { host: `${tenant(project)}.localhost:${portal}`, "stripe-signature": signature, "content-type": "application/json" };
      request({ host: "127.0.0.1", port: portal, path: "/hooks/stripe", method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on("error", reject)
        .end(body);
    });
  }

  async function send(project: string, customer: string, how: Delivery): Promise<number[]> {
    const mine = events.filter((event) => event.customer === customer);
    if (how !== "forged" && how !== "late") events = events.filter((event) => event.customer !== customer);
    const order = { twice: [...mine, ...mine], reversed: [...mine].reverse() }[how as string] ?? mine;
    const answers: number[] = [];
    for (const { signature, body } of order) {
      const now = Math.floor(Date.now() / 1000);
      const header = { forged: sign(body, now, "whsec_somebody_elses"), late: sign(body, now - 301, secret) }[how as string];
      answers.push(await post(project, header ?? signature, body));
    }
    return answers;
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray());
    const path = incoming.url ?? "/";
    const method = incoming.method ?? "GET";
    const json = ({ status, text }: { status: number; text: string }) =>
      void response.writeHead(status, { "content-type": "application/json" }).end(text);
    const [, place = "", project = "", third = "", fourth = ""] = path.split("/");
    if (place === "fault") {
      faults.set(project, third as Fault);
      return json({ status: 200, text: "{}" });
    }
    if (place === "heard") {
      return json({ status: 200, text: JSON.stringify(events.filter((event) => event.customer === project).map((event) => event.type)) });
    }
    if (place === "deliver") return json({ status: 200, text: JSON.stringify(await send(project, third, fourth as Delivery)) });
    if (place === "shop") return json(await change(path.slice(`/shop/${project}`.length), method, body));
    if (place === "peer") {
      const text = body.toString();
      const event = JSON.parse(text) as { type: string; data: { object: { id: string; customer?: string } } };
      const signature = String(incoming.headers["stripe-signature"]);
      events.push({ type: event.type, customer: event.data.object.customer ?? event.data.object.id, signature, body: text });
      return json({ status: 200, text: "{}" });
    }
    if (method !== "GET") return json({ status: 403, text: "{}" });
    return json(await read(place, incoming.headers.authorization, path.slice(`/${place}`.length)));
  }

  const proxy = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  async function stop(): Promise<void> {
    proxy.close().closeAllConnections();
    kill();
    await ended;
    process.off("exit", kill);
  }

  const deadline = Date.now() + 60_000;
  const webhook = new URLSearchParams({ url: `${url}/peer`, secret });
  const isThere = () => fetch(`${peer}/_config/webhooks/proxy`, { method: "POST", body: webhook }).then((answer) => answer.ok, () => false);
  while (!(await isThere())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error("localstripe does not answer.");
    }
    await sleep(100);
  }
  await ask("/v1/plans", "POST", Buffer.from("id=course&amount=900&currency=eur&interval=month&product[name]=Course"));
  return { url, stop };
}

/** Makes a tenant per project, with somebody who works for it. */
export async function makePaidTenants(demo: string, folder: string, candor: (args: string[], input?: string) => Promise<void>): Promise<void> {
  for (const project of projects) {
    const name = tenant(project);
    const file = join(folder, `${name}.toml`);
    writeFileSync(file, demo.replace('slug = "lumaire"', `slug = "${name}"`).replaceAll("lumaire.localhost", `${name}.localhost`));
    await candor(["tenant", "apply", file]);
    const person = { type: "subject", id: "pia", email: `pia@${name}.example`, name: "Pia" };
    const people = join(folder, `${name}.ndjson`);
    writeFileSync(people, JSON.stringify(person));
    await candor(["import", "--tenant", name, people]);
    await candor(["staff", "add", "--tenant", name, "--role", "admin", `boss@${name}.example`], `${password}\n`);
  }
}
