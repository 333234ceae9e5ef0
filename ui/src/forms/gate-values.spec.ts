import { describe, expect, test } from "vitest";
import {
  changedGates,
  closingNote,
  type GateValues,
  gatesOf,
  openGates,
  timeZones,
  windowField,
  windowRow,
} from "./gate-values";
import { newService, serviceSchema } from "./service-values";

const nightly = { days: ["saturday" as const, "friday" as const], from: "22:00", until: "02:00" };

const gates = (changes: Partial<GateValues> = {}): GateValues => ({ ...openGates, ...changes });

describe("What is sent", () => {
  test("is nothing of what the form did not change", () => {
    const before = { approvalRequired: true, deployWindows: [nightly], deployWindowZone: "Europe/Berlin" };
    expect(changedGates(gatesOf(before), gatesOf(before))).toEqual({});
  });

  test("is what differs, a window with its days in the order of the week and without the form's key", () => {
    expect(changedGates(gates({ deployWindows: [windowRow(nightly)] }), openGates)).toEqual({
      deployWindows: [{ ...nightly, days: ["friday", "saturday"] }],
    });
    expect(
      changedGates(gates({ approvalRequired: true, deployWindowZone: "Asia/Tokyo" }), openGates),
    ).toEqual({
      approvalRequired: true,
      deployWindowZone: "Asia/Tokyo",
    });
  });

  test("takes all windows away by an empty list", () => {
    expect(changedGates(openGates, gates({ deployWindows: [windowRow()] }))).toEqual({ deployWindows: [] });
  });
});

test.each([
  ["days", { days: [] }],
  ["from", { from: "" }],
  ["until", { until: "24:00" }],
])("The form refuses a window without its %s", (field, changes) => {
  const deployWindows = [windowRow(), { ...windowRow(), ...changes }];
  const result = serviceSchema.safeParse({
    ...newService,
    name: "Shop",
    gitUrl: "https://git.example/shop",
    deployWindows,
  });
  expect(result.error?.issues.map(({ path }) => path.join("."))).toEqual([`deployWindows.1.${field}`]);
});

test("A window that closes on the next day says so", () => {
  expect(closingNote({ from: "09:00", until: "17:00" })).toBeUndefined();
  expect(closingNote({ from: "22:00", until: "02:00" })).toBe("On the next day");
  expect(closingNote({ from: "00:00", until: "00:00" })).toBe("24 hours");
  expect(closingNote({ from: "09:00", until: "" })).toBeUndefined();
});

test("What the API says about a part of the windows has a place in the form", () => {
  expect(windowField("0.days")).toBe("deployWindows.0.days");
  expect(windowField("13.until")).toBe("deployWindows.13.until");
  expect(windowField("0.days.1")).toBe("deployWindows");
  expect(windowField(undefined)).toBe("deployWindows");
});

test("The zones begin with UTC, have the chosen one, and each once", () => {
  const zones = timeZones("Mars/Olympus");
  expect(zones[0]).toBe("UTC");
  expect(zones).toContain("Mars/Olympus");
  expect(zones).toContain("Europe/Berlin");
  expect(new Set(zones).size).toBe(zones.length);
});
