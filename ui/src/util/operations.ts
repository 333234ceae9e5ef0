import type { Operation } from "../api/types";
import { formatTimeAndZone } from "./format";
import type { Tone } from "./status";

type Kind = Operation["kind"];

const kinds: Record<Kind, string> = {
  deploy: "Deploy",
  rebuild: "Rebuild",
  restart: "Restart",
  start: "Start",
  stop: "Stop",
  scale: "Scale",
  rollback: "Roll back",
  repair: "Repair",
  delete: "Delete",
};

/** “Scale to 3”, “Roll back”. */
export function operationTitle({ kind, replicas }: Pick<Operation, "kind" | "replicas">): string {
  return kind === "scale" && replicas !== null ? `Scale to ${replicas}` : kinds[kind];
}

const tones: Record<Operation["status"], Tone> = {
  pending: "idle",
  running: "busy",
  succeeded: "ok",
  failed: "bad",
  cancelled: "idle",
  superseded: "idle",
};

export const operationTone = (status: Operation["status"]): Tone => tones[status];

export const isUnderWay = ({ status }: Pick<Operation, "status">) =>
  status === "pending" || status === "running";

type Wait = Pick<Operation, "status" | "waitingFor" | "waitsUntil">;

/** Whether it is built and waits at its service's gates. What is asked for later passes it. */
export const isHeld = ({ status, waitingFor, waitsUntil }: Wait, now = Date.now()) =>
  status === "pending" &&
  (waitingFor === "approval" ||
    (waitingFor === "window" && waitsUntil !== null && Date.parse(waitsUntil) > now));

/** The newest that is held; where a deployment is named, of that one. */
export const heldOf = (operations: Operation[], deploymentId?: string): Operation | undefined =>
  operations.find(
    (operation) => isHeld(operation) && (!deploymentId || operation.deploymentId === deploymentId),
  );

/** How one that is held is shown; somebody has to do something about an approval. */
export const heldBadge = ({ waitingFor }: Pick<Operation, "waitingFor">): { tone: Tone; word: string } =>
  waitingFor === "approval"
    ? { tone: "warn", word: "Waits for approval" }
    : { tone: "idle", word: "Waits for its window" };

/** The newest, where it failed and is no deployment, whose own page would say so. */
export function failureToShow(operations: Operation[]): Operation | undefined {
  const [newest] = operations;
  return newest?.status === "failed" && !["deploy", "rebuild"].includes(newest.kind) ? newest : undefined;
}

const waits: Record<string, string> = {
  build_slot: "Waits for a build slot: another build of the organisation has to end first",
  approval: "It is built, and waits for an admin's approval",
  window: "It is built, and waits for its deploy window",
};

type Lines = Wait & Pick<Operation, "cancelRequestedAt" | "kind">;

/** What is to be known about one that is not simply done or at work; undefined where the status says it all. */
export function operationNote(lines: Lines): string | undefined {
  const { status, waitingFor, waitsUntil, cancelRequestedAt, kind } = lines;
  if (isUnderWay({ status }) && cancelRequestedAt) {
    return "A cancel was asked for";
  }
  if (status === "pending") {
    if (waitingFor) {
      const wait = waits[waitingFor] ?? `Waits for ${waitingFor.replaceAll("_", " ")}`;
      return waitsUntil ? `${wait}, which opens on ${formatTimeAndZone(waitsUntil)}` : wait;
    }
    return "Waits for its turn";
  }
  if (status === "superseded") {
    return kind === "deploy" || kind === "rebuild"
      ? "A newer one took its place"
      : "Left out for a newer one";
  }
  return undefined;
}
