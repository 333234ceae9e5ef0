import type { Step } from "../src/api/types";
import type { ScriptedStep } from "./scripts";

/** Where a run of steps stands at one moment. All times in milliseconds since the epoch. */
export interface Progress {
  steps: Step[];
  done: boolean;
  endedAt: number;
}

const iso = (time: number) => new Date(time).toISOString();

/** The steps of a script that began at `start`, seen at `now`; `speed` 2 makes everything take half as long. */
export function progress(script: ScriptedStep[], start: number, now: number, speed: number): Progress {
  const steps: Step[] = [];
  let time = start;
  for (const step of script) {
    if (time > now) {
      return { steps, done: false, endedAt: Number.POSITIVE_INFINITY };
    }
    const end = time + (step.seconds * 1000) / speed;
    const finished = end <= now;
    steps.push({
      name: step.name,
      attempt: step.attempt ?? 1,
      status: finished ? (step.fails ? "failed" : "succeeded") : "running",
      startedAt: iso(time),
      finishedAt: finished ? iso(end) : null,
      detail: finished ? (step.detail ?? null) : null,
    });
    if (!finished) {
      return { steps, done: false, endedAt: Number.POSITIVE_INFINITY };
    }
    time = end;
  }
  return { steps, done: time <= now, endedAt: time };
}

/** How long a script takes, in milliseconds. */
export function length(script: ScriptedStep[], speed: number): number {
  return (script.reduce((sum, step) => sum + step.seconds, 0) * 1000) / speed;
}
