import { defineConfig } from "@playwright/test";
import { chromium } from "../chromium";

/** Pictures for the documentation: of the real stack where BERTH_TEST_API names one, else of the mock backend. */
const real = process.env.BERTH_TEST_API;
const port = 5178;

export default defineConfig({
  testDir: ".",
  testMatch: "*.shots.ts",
  outputDir: "../../test-results/screenshots",
  workers: 1,
  retries: 0,
  timeout: 120_000,
  reporter: "list",
  use: { baseURL: real ?? `http://127.0.0.1:${port}`, launchOptions: chromium },
  ...(real
    ? {}
    : {
        webServer: {
          command: `npx vite preview --host 127.0.0.1 --port ${port}`,
          cwd: "../..",
          url: `http://127.0.0.1:${port}/`,
        },
      }),
});
