import { defineConfig } from "@playwright/test";
import { chromium } from "./e2e/chromium";

/**
 * Two kinds of tests, each run by what it needs being there: `stack` deploys (BERTH_TEST_API, or the mock backend), `access` is
 * about people, who get mail and come from an outside issuer (BERTH_TEST_CONSOLE).
 */
const mock = process.env.BERTH_TEST_MOCK === "1";
const stack = process.env.BERTH_TEST_API;
const console = process.env.BERTH_TEST_CONSOLE;
const port = 5179;

if (!stack && !mock && !console) {
  throw new Error("There is nothing to test against; ui/README.md says what each kind of tests needs");
}

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.e2e.ts",
  outputDir: "test-results/e2e",
  workers: 1,
  retries: 0,
  // A machine that builds beside them is slow.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env.CI === "true",
  reporter: [["list"], ["json", { outputFile: "test-results/playwright.json" }]],
  use: {
    launchOptions: chromium,
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  projects: [
    // By the address that people have, since mails and the issuer lead there.
    ...(console ? [{ name: "access", testDir: "e2e/access", use: { baseURL: console } }] : []),
    ...(stack || mock
      ? [{ name: "stack", testDir: "e2e/stack", use: { baseURL: stack ?? `http://127.0.0.1:${port}` } }]
      : []),
  ],
  ...(mock && !stack
    ? {
        webServer: {
          command: `npm run -s build && npx vite preview --host 127.0.0.1 --port ${port}`,
          env: { BERTH_MOCK_SEED: "empty", BERTH_MOCK_SPEED: "4" },
          url: `http://127.0.0.1:${port}/`,
          timeout: 180_000,
        },
      }
    : {}),
});
