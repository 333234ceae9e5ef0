import type { Build, Reason } from "../src/api/types";
import type { Gate } from "./gate";
import { type Script, type ScriptName, scripts } from "./scripts";
import { progress } from "./timeline";

/** What was asked for; everything else follows from it and the clock. */
export interface Revision {
  id: string;
  buildId: string;
  serviceId: string;
  commitSha: string;
  script: ScriptName;
  createdAt: number;
  operationId: string;
  /** What it has to pass once it is built; a restart passes freely. */
  gate: Gate | null;
  /** From then on it stands still. */
  ended?: { at: number; as: "cancelled" | "rolled_back" | "superseded"; reason?: Reason };
}

/** Its build, as the API shows it then. */
export function viewBuild(revision: Revision, now: number, speed: number): Build {
  const script = scripts[revision.script] as Script;
  const build = progress(script.build, revision.createdAt, now, speed);
  const failed = script.build.at(-1)?.fails === true;
  const succeeded = build.done && !failed;
  const reused = script.build.length < 3;
  return {
    id: revision.buildId,
    serviceId: revision.serviceId,
    status: !build.done ? "running" : failed ? "failed" : "succeeded",
    commitSha: build.steps.length > 1 ? revision.commitSha : null,
    imageDigest: succeeded ? digestOf(revision.commitSha) : null,
    plan: build.steps.length > 3 ? plan : null,
    bytesPushed: succeeded ? (reused ? 0 : 41_312) : null,
    layersPushed: succeeded ? (reused ? 0 : 1) : null,
    layers: succeeded ? 9 : null,
    steps: build.steps,
    reason: build.done && failed ? (script.reason ?? null) : null,
    createdAt: new Date(revision.createdAt).toISOString(),
    startedAt: new Date(revision.createdAt).toISOString(),
    finishedAt: build.done ? new Date(build.endedAt).toISOString() : null,
  } as Build;
}

const plan = {
  kind: "NODE",
  root: ".",
  buildCommand: "npm run build",
  startCommand: "npm start",
  siteDirectory: null,
  because: "package.json with package-lock.json at the top",
};

export const digestOf = (commitSha: string) => {
  const turned = [...commitSha].reverse().join("");
  return `sha256:${turned}${turned.slice(0, 24)}`;
};
