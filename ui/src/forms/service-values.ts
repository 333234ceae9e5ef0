import { z } from "zod";
import type { OnNewer, Service, ServiceCreate, ServicePatch, Strategy } from "../api/types";
import { type EnvRow, envOf, envRow, envShape, linesOf } from "./env-values";
import { changedGates, type GateValues, gateShape, gatesOf, openGates } from "./gate-values";

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

export type ServiceField = keyof ServiceValues;

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
  ...envShape,
});

/** A canary's numbers are on screen only where there is to be one; else nobody could mend them, and they are not sent. */
const onScreen = (values: unknown) => {
  const { strategy } = values as ServiceValues;
  const { canaryWeight, canaryHoldSeconds, canaryMaxErrorPercent } = newService;
  return strategy === "canary"
    ? values
    : { ...(values as ServiceValues), canaryWeight, canaryHoldSeconds, canaryMaxErrorPercent };
};

/** What can be said before the API is asked. The API has the last word. */
export const serviceSchema = z.preprocess(
  onScreen,
  fields.superRefine(({ volumeMb, strategy, replicas }, context) => {
    if (volumeMb !== "") {
      for (const [field, message] of Object.entries(volumeRefusals({ strategy, replicas }))) {
        context.addIssue({ code: "custom", path: [field], message });
      }
    }
  }),
);

/** Whether a word a line shows the words of a command as they are. */
export const fitsLines = (words: string[] | null | undefined) =>
  (words ?? []).every((word) => word.trim() !== "" && !/[\r\n]/.test(word));

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

const numberIn = (value: number | string) => (value === "" ? undefined : Number(value));

/** What the API gets of everything but the gates; what is empty or does not count with the rest is undefined. */
function bodyOf(values: ServiceValues) {
  const canary = (value: number | string) => (values.strategy === "canary" ? Number(value) : undefined);
  return {
    name: values.name.trim(),
    gitUrl: values.gitUrl.trim(),
    gitBranch: values.gitBranch.trim(),
    port: Number(values.port),
    healthPath: values.healthPath,
    replicas: Number(values.replicas),
    cpuLimit: Number(values.cpuLimit),
    memoryLimitMb: Number(values.memoryLimitMb),
    soakSeconds: numberIn(values.soakSeconds),
    healthDeadlineSeconds: numberIn(values.healthDeadlineSeconds),
    onNewer: values.onNewer,
    releaseCommand: wordsOf(values.releaseCommand),
    releaseDeadlineSeconds: numberIn(values.releaseDeadlineSeconds),
    strategy: values.strategy,
    canaryWeight: canary(values.canaryWeight),
    canaryHoldSeconds: canary(values.canaryHoldSeconds),
    canaryMaxErrorPercent: canary(values.canaryMaxErrorPercent),
    volumeMb: numberIn(values.volumeMb),
    env: envOf(values.env),
  };
}

type Body = ReturnType<typeof bodyOf>;

/** A canary's numbers as they are in any case: one that stays is not sent along with the strategy. */
const comparable = (values: ServiceValues): Record<keyof Body, unknown> => ({
  ...bodyOf({ ...values, strategy: "canary" }),
  strategy: values.strategy,
  env: linesOf(values.env),
});

/**
 * The fields that mean something else than those of `before`: blanks round a name, the keys and the order of variables, and
 * numbers of a canary where there is to be none count for nothing.
 */
export function changedFields(values: ServiceValues, before: ServiceValues): ServiceField[] {
  const [wanted, present] = [comparable(values), comparable(before)];
  return [
    ...(Object.keys(wanted) as (keyof Body)[])
      .filter((field) => values.strategy === "canary" || !field.startsWith("canary"))
      .filter((field) => JSON.stringify(wanted[field]) !== JSON.stringify(present[field])),
    ...(Object.keys(changedGates(values, before)) as (keyof GateValues)[]),
  ];
}

const withoutEmpty = (body: Partial<Body>): ServicePatch =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as ServicePatch;

/**
 * Only what differs from `before`, which the form was filled with: what somebody changed meanwhile without a new version, as a
 * scale does, stays as it is.
 */
export function toPatch(values: ServiceValues, before: ServiceValues): ServicePatch {
  const changed: string[] = changedFields(values, before);
  const body = Object.entries(bodyOf(values)).filter(([field]) => changed.includes(field));
  return { ...withoutEmpty(Object.fromEntries(body)), ...changedGates(values, before) };
}

export function toCreate(values: ServiceValues): ServiceCreate {
  return {
    ...withoutEmpty(bodyOf(values)),
    ...changedGates(values, newService),
    name: values.name.trim(),
    gitUrl: values.gitUrl.trim(),
    ...(values.slug ? { slug: values.slug } : {}),
  };
}

/** What was emptied though it was set: the API leaves out what a change does not name, so it cannot be taken back. */
export function emptied(values: ServiceValues, before: ServiceValues): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of ["soakSeconds", "healthDeadlineSeconds", "releaseDeadlineSeconds"] as const) {
    if (values[field] === "" && before[field] !== "") {
      found[field] = "It was set once and needs a number from then on";
    }
  }
  if (values.volumeMb === "" && before.volumeMb !== "") {
    found.volumeMb = "A volume stays until its service is deleted";
  }
  return found;
}
