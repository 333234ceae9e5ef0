import type { Operation } from "../api/types";
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

/** The newest, where it failed and is no deployment, whose own page would say so. */
export function failureToShow(operations: Operation[]): Operation | undefined {
  const [newest] = operations;
  return newest?.status === "failed" && !["deploy", "rebuild"].includes(newest.kind) ? newest : undefined;
}

const waits: Record<string, string> = {
  build_slot: "Waits for a build slot: another build of the organisation has to end first",
};

type Lines = Pick<Operation, "status" | "waitingFor" | "cancelRequestedAt" | "kind">;

/** What is to be known about one that is not simply done or at work; undefined where the status says it all. */
export function operationNote({ status, waitingFor, cancelRequestedAt, kind }: Lines): string | undefined {
  if (isUnderWay({ status }) && cancelRequestedAt) {
    return "A cancel was asked for";
  }
  if (status === "pending") {
    return waitingFor
      ? (waits[waitingFor] ?? `Waits for ${waitingFor.replaceAll("_", " ")}`)
      : "Waits for its turn";
  }
  if (status === "superseded") {
    return kind === "deploy" || kind === "rebuild"
      ? "A newer one took its place"
      : "Left out for a newer one";
  }
  return undefined;
}
