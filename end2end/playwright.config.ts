import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  globalSetup: "./server.ts",
  outputDir: "test-results",
  reporter: "list",
  forbidOnly: !!process.env.CI,
  // One server, one database, shared by all: what a test changes is its own person's.
  fullyParallel: true,
  workers: 2,
  // A machine that does other things at the same time is slow, not wrong.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    locale: "en",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "javascript", testIgnore: "html.spec.ts" },
    // Every page works without.
    { name: "no-javascript", testIgnore: "html.spec.ts", use: { javaScriptEnabled: false } },
    // A checker reads the pages, no browser.
    { name: "html", testMatch: "html.spec.ts" },
  ],
});
