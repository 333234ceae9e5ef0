import { defineConfig } from "@playwright/test";
import { chromium } from "./e2e/chromium";

const mock = process.env.BERTH_TEST_MOCK === "1";
const api = process.env.BERTH_TEST_API;
const port = 5179;

if (!api && !mock) {
  throw new Error(
    "BERTH_TEST_API (address of a running Berth), BERTH_TEST_TOKEN and BERTH_TEST_GIT are needed; npm run e2e:mock runs the same tests against the mock backend",
  );
}

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.e2e.ts",
  outputDir: "test-results/e2e",
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/playwright.json" }]],
  use: {
    baseURL: api ?? `http://127.0.0.1:${port}`,
    launchOptions: chromium,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  ...(api
    ? {}
    : {
        webServer: {
          command: `npm run -s build && npx vite preview --host 127.0.0.1 --port ${port}`,
          env: { BERTH_MOCK_SEED: "empty", BERTH_MOCK_SPEED: "4" },
          url: `http://127.0.0.1:${port}/`,
          timeout: 180_000,
        },
      }),
});
