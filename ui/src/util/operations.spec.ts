import { expect, test } from "vitest";
import type { Operation } from "../api/types";
import { failureToShow, operationNote, operationTitle } from "./operations";

const lines = (changes: Partial<Parameters<typeof operationNote>[0]>) =>
  operationNote({ kind: "deploy", status: "pending", waitingFor: null, cancelRequestedAt: null, ...changes });

test("The title says how far it scales", () => {
  expect(operationTitle({ kind: "scale", replicas: 3 })).toBe("Scale to 3");
  expect(operationTitle({ kind: "rollback", replicas: null })).toBe("Roll back");
});

test("What waits says for what, also where the console does not know the word yet", () => {
  expect(lines({ waitingFor: "build_slot" })).toContain("Waits for a build slot");
  expect(lines({ waitingFor: "free_moon" })).toBe("Waits for free moon");
  expect(lines({})).toBe("Waits for its turn");
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
