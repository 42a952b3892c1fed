// A system of a tenant's own that receives webhooks, and verifies them with a library that is not ours.
//
// Tests run in processes of their own, so they speak with it over HTTP too: `PUT /PATH` says how the next messages at
// that path are answered and with which secret they are verified, `GET /PATH` lists what has arrived.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { Webhook } from "standardwebhooks";

/** A message that arrived. */
export interface Message {
  id: string;
  verified: boolean;
  body: { type: string; do: string; data: Record<string, unknown> };
}

/** What a test wants of a path. No status: the connection is cut. */
export interface Wanted {
  secret?: string;
  status?: number;
}

export async function startReceiver(): Promise<{ url: string; stop(): void }> {
  const wanted = new Map<string, Wanted>();
  const arrived = new Map<string, Message[]>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    const body = Buffer.concat(await request.toArray()).toString();
    if (request.method === "GET") {
      response.end(JSON.stringify(arrived.get(path) ?? []));
      return;
    }
    if (request.method === "PUT") {
      wanted.set(path, JSON.parse(body) as Wanted);
      response.end();
      return;
    }
    const { secret, status } = wanted.get(path) ?? {};
    let verified = false;
    try {
      new Webhook(secret ?? "").verify(body, request.headers as Record<string, string>);
      verified = true;
    } catch {
      // It is not from whom it says.
    }
    const id = String(request.headers["webhook-id"]);
    arrived.set(path, [...(arrived.get(path) ?? []), { id, verified, body: JSON.parse(body) as Message["body"] }]);
    if (!status) {
      request.socket.destroy();
      return;
    }
    response.writeHead(verified ? status : 401).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, stop: () => server.close() };
}

/** Where the receiver of these tests is. */
export function receiver(path: string): string {
  return `${process.env.CANDOR_TEST_RECEIVER ?? ""}${path}`;
}

/** Says how a path answers from now on. */
export async function want(path: string, wanted: Wanted): Promise<void> {
  await fetch(receiver(path), { method: "PUT", body: JSON.stringify(wanted) });
}

/** What has arrived at a path, the first message first. */
export async function received(path: string): Promise<Message[]> {
  return (await (await fetch(receiver(path))).json()) as Message[];
}
