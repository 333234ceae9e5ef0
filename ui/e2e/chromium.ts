import type { LaunchOptions } from "@playwright/test";

/** The system's Chromium, quiet on machines whose network is closed. */
export const chromium: LaunchOptions = {
  executablePath: process.env.BERTH_TEST_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
