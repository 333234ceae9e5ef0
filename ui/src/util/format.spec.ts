import { describe, expect, test } from "vitest";
import {
  durationBetween,
  formatAgo,
  formatBytes,
  formatDuration,
  formatTimeAndZone,
  repositoryLink,
  repositoryName,
  shortDigest,
} from "./format";
import { settledAt, stepLabel } from "./steps";

describe("Times", () => {
  const now = Date.parse("2026-05-01T12:00:00Z");

  test.each([
    ["2026-05-01T11:59:55Z", "just now"],
    ["2026-05-01T11:59:30Z", "30 s ago"],
    ["2026-05-01T11:58:00Z", "2 min. ago"],
    ["2026-05-01T09:00:00Z", "3 hr. ago"],
    ["2026-04-28T12:00:00Z", "3 days ago"],
  ])("%s reads %s at noon", (at, words) => {
    expect(formatAgo(at, now)).toBe(words);
  });

  test.each([
    [80, "0.1 s"],
    [12_340, "12.3 s"],
    [125_000, "2 min 05 s"],
    [3_720_000, "1 h 02 min"],
    [-5, "0.0 s"],
  ])("%d ms reads %s", (milliseconds, words) => {
    expect(formatDuration(milliseconds)).toBe(words);
  });

  test("What has no end yet is counted up to now", () => {
    expect(durationBetween("2026-05-01T11:59:58Z", null, now)).toBe("2.0 s");
  });
});

test("A moment to come names its zone", () => {
  expect(formatTimeAndZone("2026-05-01T12:00:00Z")).toMatch(/^(Apr 30|May [12]), 2026, .*[A-Z]{3}/);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [41_312, "41.3 kB"],
  [143_880_000, "144 MB"],
])("%d bytes read %s", (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

test.each([
  ["https://github.com/northwind/shop.git", "northwind/shop"],
  ["http://git.example:8418/apps/hello-node", "git.example:8418/apps/hello-node"],
  ["not an address", "not an address"],
])("The repository %s is called %s", (url, name) => {
  expect(repositoryName(url)).toBe(name);
});

test("Only what a browser opens becomes a link", () => {
  expect(repositoryLink("https://git.example/a/b.git")).toBe("https://git.example/a/b");
  expect(repositoryLink("javascript:alert(1)")).toBeNull();
});

test("A digest is cut behind its algorithm", () => {
  expect(shortDigest("sha256:0123456789abcdef")).toBe("0123456789ab");
});

test("A step that the console does not know is spelled out", () => {
  expect(stepLabel("await healthy")).toBe("Wait for health");
  expect(stepLabel("AwaitHealthy")).toBe("Wait for health");
  expect(stepLabel("check something new")).toBe("Check something new");
});

test("A deployment has taken as long as it needed to get the traffic, however long it served", () => {
  const step = { attempt: 1, status: "succeeded", startedAt: "2026-05-01T12:00:00Z", detail: null } as const;
  const steps = [
    { ...step, name: "route traffic", finishedAt: "2026-05-01T12:00:03Z" },
    { ...step, name: "route traffic", finishedAt: "2026-05-04T09:00:00Z" },
  ];
  expect(settledAt({ steps, finishedAt: "2026-05-05T12:00:00Z" })).toBe("2026-05-01T12:00:03Z");
  expect(settledAt({ steps: [], finishedAt: "2026-05-01T12:00:09Z" })).toBe("2026-05-01T12:00:09Z");
});
