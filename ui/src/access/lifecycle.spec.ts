import { expect, test } from "vitest";
import type { Operation, Service } from "../api/types";
import { cancellable, isSoaking, lifecycleRefusal, standingOf } from "./lifecycle";

const service = (status: Service["status"], currentDeploymentId: string | null = null) => ({
  status,
  currentDeploymentId,
});

const operation = (kind: Operation["kind"], changes: Partial<Operation> = {}): Operation => ({
  id: kind,
  serviceId: "s",
  kind,
  status: "pending",
  deploymentId: null,
  replicas: null,
  reason: null,
  waitingFor: null,
  waitsUntil: null,
  cancelRequestedAt: null,
  createdAt: "2026-05-01T10:00:00Z",
  startedAt: null,
  finishedAt: null,
  ...changes,
});

const soak = (status: "running" | "succeeded") => ({
  steps: [{ name: "watch soak", status, attempt: 1, startedAt: "", finishedAt: null, detail: null }],
});

test("Where a service stands follows from its status, and from what serves where it failed", () => {
  expect(standingOf(service("running", "d"))).toBe("serving");
  expect(standingOf(service("degraded", "d"))).toBe("serving");
  expect(standingOf(service("failed"))).toBe("empty");
  expect(standingOf(service("failed", "d"))).toBe("serving");
  expect(standingOf(service("pending"))).toBe("empty");
  expect(standingOf(service("stopped", "d"))).toBe("stopped");
});

test("What counts is where it will stand once all that waits is through, the oldest first", () => {
  expect(standingOf(service("running", "d"), [operation("stop")])).toBe("stopped");
  expect(standingOf(service("running", "d"), [operation("start"), operation("stop")])).toBe("serving");
  expect(standingOf(service("stopped", "d"), [operation("deploy")])).toBe("stopped");
  expect(standingOf(service("pending"), [operation("deploy")])).toBe("serving");
  expect(standingOf(service("running", "d"), [operation("start"), operation("delete")])).toBe("deleting");
});

test("What is held at the gates does not count, since the others pass it", () => {
  const held = operation("deploy", { waitingFor: "approval" });
  expect(standingOf(service("pending"), [held])).toBe("empty");
  expect(standingOf(service("running", "d"), [operation("stop"), held])).toBe("stopped");
  expect(cancellable([held], undefined)).toEqual({ what: "operations" });
});

test("What has ended no longer counts", () => {
  expect(standingOf(service("running", "d"), [operation("stop", { status: "failed" })])).toBe("serving");
});

test("A stopped service can be started and scaled, but neither restarted nor rolled back", () => {
  expect(lifecycleRefusal("start", "stopped")).toBeUndefined();
  expect(lifecycleRefusal("scale", "stopped")).toBeUndefined();
  expect(lifecycleRefusal("restart", "stopped")).toContain("stopped");
  expect(lifecycleRefusal("rollback", "stopped")).toContain("Start it");
  expect(lifecycleRefusal("stop", "stopped")).toContain("already");
});

test("A suspended service can be scaled and deleted only, and a leaving one nothing", () => {
  const possible = (
    ["deploy", "rebuild", "restart", "start", "stop", "scale", "rollback", "delete"] as const
  ).filter((action) => lifecycleRefusal(action, "suspended") === undefined);
  expect(possible).toEqual(["scale", "delete"]);
  expect(lifecycleRefusal("delete", "deleting")).toBe("The service is being deleted.");
});

test("A cancel is for what is under way or soaks, and is asked for once", () => {
  expect(cancellable([operation("deploy", { status: "succeeded" })], undefined)).toBeUndefined();
  expect(cancellable([operation("delete")], undefined)).toBeUndefined();
  expect(cancellable([operation("deploy")], undefined)).toEqual({ what: "operations" });
  expect(cancellable([], soak("running"))).toEqual({ what: "soak" });
  expect(cancellable([], soak("succeeded"))).toBeUndefined();
  const asked = operation("deploy", { cancelRequestedAt: "2026-05-01T10:00:05Z" });
  expect(cancellable([asked], undefined)?.refused).toContain("already");
  expect(cancellable([operation("stop"), asked], undefined)?.refused).toBeUndefined();
});

test("A soak is known by its step, however that is written", () => {
  expect(isSoaking({ steps: [{ ...soak("running").steps[0], name: "WatchSoak" }] as never })).toBe(true);
  expect(isSoaking(undefined)).toBe(false);
});
