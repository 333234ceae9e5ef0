import type { QuotaEvent, QuotaResource } from "../api/types";
import type { Tone } from "./status";

type Resource = QuotaResource["resource"];

const names: Record<Resource, string> = {
  services: "Services",
  cpu_millis: "Processors",
  memory_mb: "Memory",
  storage_mb: "Storage",
  concurrent_builds: "Builds at once",
};

export const resourceName = (resource: Resource) => names[resource];

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** The number in the unit that people count in: processors, GiB from 1,024 MiB on, or pieces. */
export function formatAmount(resource: Resource, amount: number): string {
  switch (resource) {
    case "cpu_millis":
      return `${number.format(amount / 1000)} CPU`;
    case "memory_mb":
    case "storage_mb":
      return amount >= 1024 ? `${number.format(amount / 1024)} GiB` : `${number.format(amount)} MiB`;
    default:
      return number.format(amount);
  }
}

export type QuotaLevel = "calm" | "warning" | "critical" | "full";

/** By the percentages at which the API raises its events. */
export function quotaLevel(percent: number): QuotaLevel {
  if (percent >= 100) {
    return "full";
  }
  return percent >= 90 ? "critical" : percent >= 80 ? "warning" : "calm";
}

/** The words that stand beside the colour. */
export const levelWords: Record<QuotaLevel, string> = {
  calm: "Room left",
  warning: "Getting scarce",
  critical: "Nearly full",
  full: "Full",
};

export const levelTone: Record<QuotaLevel, Tone> = {
  calm: "ok",
  warning: "warn",
  critical: "bad",
  full: "bad",
};

/** “2.5 CPU of 4 CPU” */
export const usageWords = ({ resource, used, limit }: Pick<QuotaResource, "resource" | "used" | "limit">) =>
  `${formatAmount(resource, used)} of ${formatAmount(resource, limit)}`;

/** “Memory reached 90 %” */
export const eventWords = ({ resource, threshold }: Pick<QuotaEvent, "resource" | "threshold">) =>
  `${resourceName(resource)} reached ${threshold} %`;
