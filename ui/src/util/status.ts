import type { AuditOutcome } from "../api/access-types";
import type { Build, Deployment, ServiceStatus, Step } from "../api/types";

/** How a state feels; the word always stands beside the colour. */
export type Tone = "ok" | "bad" | "warn" | "busy" | "idle";

type Resting = ServiceStatus | Deployment["status"];
type Working = Build["status"] | Step["status"];
export type Status = Resting | Working | AuditOutcome;

const tones: Record<string, Tone> = {
  running: "ok",
  succeeded: "ok",
  failed: "bad",
  rolled_back: "warn",
  degraded: "warn",
  suspended: "warn",
  building: "busy",
  deploying: "busy",
  deleting: "busy",
};

/** Of a service or a deployment, where running is what one hopes for. */
export const toneOf = (status: Resting): Tone => tones[status] ?? "idle";

/** Of a build or a step, where running means that it is not over. */
export const workToneOf = (status: Working): Tone =>
  status === "running" ? "busy" : (tones[status] ?? "idle");

/** `rolled_back` → “Rolled back”. */
export function statusWord(status: Status): string {
  const words = status.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const serviceStatuses: ServiceStatus[] = [
  "pending",
  "building",
  "deploying",
  "running",
  "degraded",
  "stopped",
  "failed",
  "suspended",
  "deleting",
];

/** Whether more is to come, so that reading again is worth it. */
export const isMoving = (status: Resting) =>
  status === "pending" || status === "building" || status === "deploying";
