import { expect, test } from "vitest";
import type { Operation } from "../api/types";
import { failureToShow, heldOf, isHeld, operationNote, operationTitle } from "./operations";

const lines = (changes: Partial<Parameters<typeof operationNote>[0]>) =>
  operationNote({
    kind: "deploy",
    status: "pending",
    waitingFor: null,
    waitsUntil: null,
    cancelRequestedAt: null,
    ...changes,
  });

test("The title says how far it scales", () => {
  expect(operationTitle({ kind: "scale", replicas: 3 })).toBe("Scale to 3");
  expect(operationTitle({ kind: "rollback", replicas: null })).toBe("Roll back");
});

test("What waits says for what, also where the console does not know the word yet", () => {
  expect(lines({ waitingFor: "build_slot" })).toContain("Waits for a build slot");
  expect(lines({ waitingFor: "free_moon" })).toBe("Waits for free moon");
  expect(lines({})).toBe("Waits for its turn");
});

test("What is held says by what, and when its window opens", () => {
  expect(lines({ waitingFor: "approval" })).toBe("It is built, and waits for an admin's approval");
  expect(lines({ waitingFor: "window", waitsUntil: "2026-05-02T20:00:00Z" })).toMatch(
    /^It is built, and waits for its deploy window, which opens on May \d, 2026/,
  );
});

test("It is held until it is approved, or its window opens", () => {
  const now = Date.parse("2026-05-01T10:00:00Z");
  const wait = (waitingFor: string | null, waitsUntil: string | null = null) =>
    isHeld({ status: "pending", waitingFor, waitsUntil }, now);
  expect(wait("approval")).toBe(true);
  expect(wait("window", "2026-05-01T10:00:01Z")).toBe(true);
  expect(wait("window", "2026-05-01T10:00:00Z")).toBe(false);
  expect(wait("build_slot")).toBe(false);
  expect(wait(null)).toBe(false);
  expect(isHeld({ status: "cancelled", waitingFor: null, waitsUntil: null })).toBe(false);
});

test("A held deployment is found by its operation", () => {
  const operation = (deploymentId: string, waitingFor: string | null) =>
    ({ status: "pending", deploymentId, waitingFor, waitsUntil: null }) as Operation;
  const list = [operation("a", null), operation("b", "approval"), operation("c", "approval")];
  expect(heldOf(list)?.deploymentId).toBe("b");
  expect(heldOf(list, "c")?.deploymentId).toBe("c");
  expect(heldOf(list, "a")).toBeUndefined();
});

test("A cancel that was asked for is said while it is under way only", () => {
  const asked = { cancelRequestedAt: "2026-05-01T10:00:00Z" };
  expect(lines({ ...asked, status: "running" })).toBe("A cancel was asked for");
  expect(lines({ ...asked, status: "cancelled" })).toBeUndefined();
});

test("A failure is shown while it is the newest, and a deployment's stands on its own page", () => {
  const failed = (kind: Operation["kind"], status: Operation["status"] = "failed") =>
    ({ kind, status }) as Operation;
  expect(failureToShow([failed("rollback"), failed("deploy", "succeeded")])?.kind).toBe("rollback");
  expect(failureToShow([failed("start", "running"), failed("rollback")])).toBeUndefined();
  expect(failureToShow([failed("deploy")])).toBeUndefined();
  expect(failureToShow([])).toBeUndefined();
});
