// Starts the built portal with a demo of its own, and stops it when the tests are done.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { makeTenant, run, startProviders } from "./providers.ts";
import { startReceiver } from "./receiver.ts";
import { makePaidTenants, startStripe } from "./stripe.ts";

const patience = 120_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: "127.0.0.1", port, headers: { host: `lumaire.localhost:${port}` } }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 500);
    }).on("error", () => resolve(false));
  });
}

/** A mail server that keeps what it is given in a folder. */
async function startMailServer(folder: string, output: number) {
  const port = await freePort();
  mkdirSync(folder);
  const program = join(import.meta.dirname, "node_modules/.bin/maildev");
  const options = ["--ip", "127.0.0.1", "--smtp", String(port), "--disable-web", "--mail-directory", folder];
  const server = spawn(program, options, { stdio: ["ignore", output, output] });
  const ended = once(server, "exit");
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  async function stop() {
    kill();
    await ended;
    process.off("exit", kill);
  }
  return { port, folder, stop };
}

export default async function start(): Promise<() => Promise<void>> {
  const port = await freePort();
  const providers = await startProviders(port);
  const receiver = await startReceiver();
  const folder = mkdtempSync(join(tmpdir(), "candor-end2end-"));
  const dataDir = join(folder, "data");
  const log = join(folder, "log");
  const output = openSync(log, "w");
  const mail = await startMailServer(join(folder, "mails"), output);
  const stripe = await startStripe(port, freePort, output);

  // Nothing that somebody has set for a portal of their own.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("CANDOR_"));
  const env = {
    ...Object.fromEntries(inherited),
    CANDOR_DATA_DIR: dataDir,
    // The least that bcrypt allows: the passwords here are nobody's.
    CANDOR_BCRYPT_COST: "4",
    CANDOR_ALLOW_PRIVATE: "127.0.0.1",
    // All tests come from one address.
    CANDOR_TRIES_PER_ADDRESS: "100000",
    CANDOR_MAILS_PER_ADDRESS: "1000",
    CANDOR_SMTP: `127.0.0.1:${mail.port}`,
    CANDOR_SMTP_TLS: "none",
  };
  const server = spawn(join(import.meta.dirname, "../scripts/serve"), {
    env: { ...env, CANDOR_LISTEN: `127.0.0.1:${port}` },
    stdio: ["ignore", output, output],
  });
  const ended = once(server, "exit");
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);

  async function stop() {
    server.kill("SIGTERM");
    const stopped = await Promise.race([ended.then(() => true), sleep(10_000, false, { ref: false })]);
    if (!stopped) {
      kill();
      await ended;
    }
    process.off("exit", kill);
    await mail.stop();
    await stripe.stop();
    providers.stop();
    receiver.stop();
    rmSync(folder, { recursive: true, force: true });
    if (!stopped) throw new Error("The server did not stop when asked to.");
  }

  const deadline = Date.now() + patience;
  while (!(await answers(port))) {
    const gone = server.exitCode !== null || server.signalCode !== null;
    if (gone || Date.now() > deadline) {
      const said = readFileSync(log, "utf8");
      await stop().catch(() => undefined);
      throw new Error(`The server ${gone ? "ended" : "does not answer"}. It said:\n${said}`);
    }
    await sleep(100);
  }

  const command = join(import.meta.dirname, "../scripts/candor");
  const candor = (args: string[], input?: string) => run(command, args, env, input);
  const demo = readFileSync(join(import.meta.dirname, "../demo/lumaire-2.toml"), "utf8");
  try {
    await makeTenant(providers, folder, candor);
    await makePaidTenants(demo, folder, candor);
  } catch (error) {
    await stop();
    throw error;
  }

  process.env.CANDOR_TEST_ISSUERS = JSON.stringify(providers.issuers);
  process.env.CANDOR_TEST_RECEIVER = receiver.url;
  process.env.CANDOR_TEST_STRIPE = stripe.url;
  process.env.CANDOR_TEST_PORT = String(port);
  process.env.CANDOR_TEST_DATA_DIR = dataDir;
  process.env.CANDOR_TEST_MAIL_DIR = mail.folder;
  return stop;
}
