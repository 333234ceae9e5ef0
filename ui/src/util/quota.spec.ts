import { expect, test } from "vitest";
import { eventWords, formatAmount, quotaLevel, usageWords } from "./quota";

test("Amounts stand in the units that people count in", () => {
  expect(formatAmount("cpu_millis", 2_500)).toBe("2.5 CPU");
  expect(formatAmount("memory_mb", 512)).toBe("512 MiB");
  expect(formatAmount("memory_mb", 6_144)).toBe("6 GiB");
  expect(formatAmount("storage_mb", 1_536)).toBe("1.5 GiB");
  expect(formatAmount("services", 7)).toBe("7");
  expect(usageWords({ resource: "cpu_millis", used: 250, limit: 4_000 })).toBe("0.25 CPU of 4 CPU");
});

test("The level rises at 80, 90 and 100 %", () => {
  expect([0, 79, 80, 89, 90, 99, 100, 140].map(quotaLevel)).toEqual([
    "calm",
    "calm",
    "warning",
    "warning",
    "critical",
    "critical",
    "full",
    "full",
  ]);
});

test("An event says what reached which share", () => {
  expect(eventWords({ resource: "memory_mb", threshold: 90 })).toBe("Memory reached 90 %");
});
