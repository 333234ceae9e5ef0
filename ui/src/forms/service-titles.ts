import type { ServiceField } from "./service-values";

/** What the form calls its fields, also where it speaks of them elsewhere. */
export const titles: Record<ServiceField, string> = {
  name: "Name",
  slug: "Slug",
  gitUrl: "Git repository",
  gitBranch: "Branch",
  port: "Port",
  healthPath: "Health path",
  replicas: "Replicas",
  cpuLimit: "CPU per replica",
  memoryLimitMb: "Memory per replica",
  soakSeconds: "Watch after release",
  healthDeadlineSeconds: "Health deadline",
  onNewer: "A deployment under way, when a newer one is asked for",
  releaseCommand: "Release command",
  releaseDeadlineSeconds: "Release deadline",
  approvalRequired: "An admin approves each new version",
  deployWindows: "Deploy windows",
  deployWindowZone: "Time zone of the windows",
  strategy: "A new version gets the traffic",
  canaryWeight: "Canary's part",
  canaryHoldSeconds: "Promoted by itself after",
  canaryMaxErrorPercent: "Errors at most",
  volumeMb: "Volume",
  env: "Environment",
};

export const isField = (word: string): word is ServiceField => word in titles;
