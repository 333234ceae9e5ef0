import { z } from "zod";
import { ApiError, fieldOf } from "../api/problem";
import type { OnNewer, Service, ServiceCreate, ServicePatch, Strategy } from "../api/types";
import { changedGates, type GateValues, gateShape, gatesOf, openGates, windowField } from "./gate-values";

/** One line of the environment as the form shows it; `key` is React's and never sent. */
export interface EnvRow {
  key: string;
  name: string;
  value: string;
}

/** The form's own shape: numbers may be half-typed, the environment is a list. */
export interface ServiceValues extends GateValues {
  name: string;
  slug: string;
  gitUrl: string;
  gitBranch: string;
  port: number | string;
  healthPath: string;
  replicas: number | string;
  cpuLimit: number | string;
  memoryLimitMb: number | string;
  /** Seconds; empty is the platform's number, here and below. */
  soakSeconds: number | string;
  healthDeadlineSeconds: number | string;
  onNewer: OnNewer;
  /** A word a line: the program, then its arguments. */
  releaseCommand: string;
  releaseDeadlineSeconds: number | string;
  strategy: Strategy;
  /** Percent; these three count for a canary alone. */
  canaryWeight: number | string;
  canaryHoldSeconds: number | string;
  canaryMaxErrorPercent: number | string;
  /** Mebibytes of the folder that stays; empty is none. */
  volumeMb: number | string;
  env: EnvRow[];
}

export const newService: ServiceValues = {
  name: "",
  slug: "",
  gitUrl: "",
  gitBranch: "main",
  port: 8080,
  healthPath: "/",
  replicas: 1,
  cpuLimit: 0.5,
  memoryLimitMb: 256,
  soakSeconds: "",
  healthDeadlineSeconds: "",
  onNewer: "finish",
  releaseCommand: "",
  releaseDeadlineSeconds: "",
  strategy: "blue_green",
  canaryWeight: 10,
  canaryHoldSeconds: 0,
  canaryMaxErrorPercent: 5,
  volumeMb: "",
  ...openGates,
  env: [],
};

const whole = (least: number, most: number) => {
  const message = `A whole number from ${least} to ${most}`;
  return z.coerce.number({ error: message }).int(message).min(least, message).max(most, message);
};

const cpu = "A number from 0.01 to 64";

/** What a service may not be with a volume, by field. */
export function volumeRefusals({
  strategy,
  replicas,
}: Pick<ServiceValues, "strategy" | "replicas">): Record<string, string> {
  return {
    ...(strategy === "recreate" ? {} : { strategy: "A volume asks for recreate" }),
    ...(Number(replicas) === 1 ? {} : { replicas: "A volume is for one replica" }),
  };
}

const fields = z.object({
  name: z.string().trim().min(1, "Give the service a name").max(100, "At most 100 characters"),
  slug: z
    .string()
    .regex(/^$|^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "Lower-case letters, digits and hyphens, not at the ends"),
  gitUrl: z
    .string()
    .trim()
    .min(1, "Name the repository")
    .regex(/^$|^https?:\/\/[^\s/]+\/\S+/, "An address that starts with https:// or http://"),
  gitBranch: z.string().trim().min(1, "Name the branch"),
  port: whole(1, 65_535),
  healthPath: z.string().startsWith("/", "A path that starts with /"),
  replicas: whole(1, 100),
  cpuLimit: z.coerce.number({ error: cpu }).min(0.01, cpu).max(64, cpu),
  memoryLimitMb: whole(16, 1_048_576),
  soakSeconds: z.literal("").or(whole(0, 3_600)),
  healthDeadlineSeconds: z.literal("").or(whole(5, 3_600)),
  releaseDeadlineSeconds: z.literal("").or(whole(5, 1_800)),
  canaryWeight: whole(1, 99),
  canaryHoldSeconds: whole(0, 86_400),
  canaryMaxErrorPercent: whole(1, 100),
  strategy: z.enum(["blue_green", "canary", "recreate"]),
  volumeMb: z.literal("").or(whole(64, 1_048_576)),
  ...gateShape,
  env: z.array(
    z.object({
      name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "Letters, digits and _, no digit first"),
    }),
  ),
});

/** What can be said before the API is asked. The API has the last word. */
export const serviceSchema = fields.superRefine(({ volumeMb, strategy, replicas }, context) => {
  if (volumeMb !== "") {
    for (const [field, message] of Object.entries(volumeRefusals({ strategy, replicas }))) {
      context.addIssue({ code: "custom", path: [field], message });
    }
  }
});

let nextKey = 0;

export const envRow = (name = "", value = ""): EnvRow => {
  nextKey += 1;
  return { key: `env-${nextKey}`, name, value };
};

/** Reads lines as a `.env` file holds them; comments and empty lines are left out. */
export function parseEnv(text: string): EnvRow[] {
  return text
    .split(/\r?\n/)
    .map((line) => /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line))
    .filter((match) => match !== null)
    .map(([, name = "", value = ""]) => envRow(name, value.replace(/^(["'])(.*)\1$/, "$2")));
}

/** Lines as words of a command; blanks inside a line are part of its word. */
const wordsOf = (lines: string) => lines.split(/\r?\n/).filter((line) => line.trim() !== "");

export function valuesOf(service: Service): ServiceValues {
  return {
    name: service.name,
    slug: service.slug,
    gitUrl: service.gitUrl,
    gitBranch: service.gitBranch,
    port: service.port,
    healthPath: service.healthPath,
    replicas: service.replicas,
    cpuLimit: service.cpuLimit,
    memoryLimitMb: service.memoryLimitMb,
    soakSeconds: service.soakSeconds ?? "",
    healthDeadlineSeconds: service.healthDeadlineSeconds ?? "",
    onNewer: service.onNewer,
    releaseCommand: (service.releaseCommand ?? []).join("\n"),
    releaseDeadlineSeconds: service.releaseDeadlineSeconds ?? "",
    strategy: service.strategy,
    canaryWeight: service.canaryWeight,
    canaryHoldSeconds: service.canaryHoldSeconds,
    canaryMaxErrorPercent: service.canaryMaxErrorPercent,
    volumeMb: service.volumeMb ?? "",
    ...gatesOf(service),
    env: Object.entries(service.env).map(([name, value]) => envRow(name, value)),
  };
}

/** `before` is what the form was filled with: of the gates only what differs is sent. */
export function toPatch(values: ServiceValues, before: ServiceValues): ServicePatch {
  return {
    name: values.name.trim(),
    gitUrl: values.gitUrl.trim(),
    gitBranch: values.gitBranch.trim(),
    port: Number(values.port),
    healthPath: values.healthPath,
    replicas: Number(values.replicas),
    cpuLimit: Number(values.cpuLimit),
    memoryLimitMb: Number(values.memoryLimitMb),
    ...(values.soakSeconds === "" ? {} : { soakSeconds: Number(values.soakSeconds) }),
    ...(values.healthDeadlineSeconds === ""
      ? {}
      : { healthDeadlineSeconds: Number(values.healthDeadlineSeconds) }),
    onNewer: values.onNewer,
    releaseCommand: wordsOf(values.releaseCommand),
    ...(values.releaseDeadlineSeconds === ""
      ? {}
      : { releaseDeadlineSeconds: Number(values.releaseDeadlineSeconds) }),
    strategy: values.strategy,
    canaryWeight: Number(values.canaryWeight),
    canaryHoldSeconds: Number(values.canaryHoldSeconds),
    canaryMaxErrorPercent: Number(values.canaryMaxErrorPercent),
    ...(values.volumeMb === "" ? {} : { volumeMb: Number(values.volumeMb) }),
    ...changedGates(values, before),
    env: Object.fromEntries(values.env.map(({ name, value }) => [name, value])),
  };
}

export function toCreate(values: ServiceValues): ServiceCreate {
  return {
    ...toPatch(values, newService),
    name: values.name.trim(),
    gitUrl: values.gitUrl.trim(),
    ...(values.slug ? { slug: values.slug } : {}),
  };
}

/** What was emptied though it was set: the API leaves out what a change does not name, so it cannot be taken back. */
export function emptied(values: ServiceValues, service: Service): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of ["soakSeconds", "healthDeadlineSeconds", "releaseDeadlineSeconds"] as const) {
    if (values[field] === "" && service[field] !== null && service[field] !== undefined) {
      found[field] = "It was set once and needs a number from then on";
    }
  }
  if (values.volumeMb === "" && service.volumeMb !== null) {
    found.volumeMb = "A volume stays until its service is deleted";
  }
  return found;
}

/**
 * The API's refusal as the form's errors by field; empty where it names no field of the form. The API ends a sentence that
 * begins with the field (“must name a host”); under the field it stands alone.
 */
export function fieldErrors(error: unknown, values: ServiceValues): Record<string, string> {
  if (!(error instanceof ApiError)) {
    return {};
  }
  const found: Record<string, string> = {};
  for (const { pointer, detail } of error.problem.errors ?? []) {
    const [field = "", part] = fieldOf(pointer).split(/\.(.*)/s);
    const row = values.env.findIndex((each) => each.name === part);
    const sentence = detail.charAt(0).toUpperCase() + detail.slice(1);
    if (field === "env" && row >= 0) {
      found[`env.${row}.name`] = sentence;
    } else if (field === "deployWindows") {
      found[windowField(part)] = sentence;
    } else if (field in newService) {
      found[field] = sentence;
    }
  }
  return found;
}
