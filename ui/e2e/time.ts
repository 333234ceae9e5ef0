import type { TestInfo } from "@playwright/test";

const until = Number(process.env.BERTH_TEST_BROWSER_UNTIL || Number.POSITIVE_INFINITY);

/** `./berth test` begins no test once the run's time is nearly up, and names at its end those that it left out. */
export function skipWhenTimeIsUp(test: TestInfo) {
  test.skip(Date.now() / 1000 >= until, "The run's time was up.");
}
