import type { Deployment, Step } from "../api/types";

const labels: Record<string, string> = {
  "resolve commit": "Resolve commit",
  "fetch source": "Fetch source",
  "plan build": "Plan build",
  "prefetch dependencies": "Fetch dependencies",
  "evaluate expression": "Evaluate",
  "realise derivation": "Build",
  "push image": "Push image",
  "finish build": "Record image",
  "abandon build": "Clean up build",
  "discard workspace": "Remove workspace",
  "begin building": "Start build",
  "adopt image": "Take image",
  admit: "Check admission",
  "run release": "Run release command",
  "create revision": "Create revision",
  "revive revision": "Wake revision",
  "await healthy": "Wait for health",
  "route traffic": "Move traffic",
  "watch soak": "Watch after release",
  prove: "Mark as proven",
  "retire predecessors": "Retire predecessors",
  "route back": "Move traffic back",
  withdraw: "Withdraw revision",
  "release revision": "Put back to sleep",
};

const wordsOf = (name: string) =>
  name
    .replace(/[_-]/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();

/** What people read for a step of the journal: “await healthy” → “Wait for health”; an unknown one stays as it is. */
export function stepLabel(name: string): string {
  const words = wordsOf(name);
  return labels[words] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * When a deployment first got the traffic, else when it ended; null while neither is so. (`finishedAt` of one that served is
 * the moment when it stopped serving.)
 */
export function settledAt({ steps, finishedAt }: Pick<Deployment, "steps" | "finishedAt">): string | null {
  const routed = steps.find((step) => wordsOf(step.name) === "route traffic" && step.status === "succeeded");
  return routed?.finishedAt ?? finishedAt;
}

/** The steps up to the traffic, and those that follow while it serves already: the soak is longer than all the others. */
export function releasePhases(steps: Step[]): { release: Step[]; after: Step[] } {
  const soak = steps.findIndex((step) => wordsOf(step.name) === "watch soak");
  return soak < 0
    ? { release: steps, after: [] }
    : { release: steps.slice(0, soak), after: steps.slice(soak) };
}
