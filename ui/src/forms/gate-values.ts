import { z } from "zod";
import type { DeployWindow, Service, ServicePatch } from "../api/types";

export type Weekday = DeployWindow["days"][number];

/** In the order of the week, which is also the order in which they are sent. */
export const weekdays: Weekday[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

/** One deploy window as the form shows it; `key` is React's and never sent. */
export interface WindowRow extends DeployWindow {
  key: string;
}

/** What a deployment has to pass once it is built, as the form holds it. */
export interface GateValues {
  approvalRequired: boolean;
  deployWindows: WindowRow[];
  deployWindowZone: string;
}

export const mostWindows = 14;

export const openGates: GateValues = { approvalRequired: false, deployWindows: [], deployWindowZone: "UTC" };

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of the day");

/** What can be said of them before the API is asked. */
export const gateShape = {
  deployWindows: z.array(
    z.object({ days: z.array(z.string()).min(1, "Pick a day"), from: time, until: time }),
  ),
};

let nextKey = 0;

export const windowRow = (
  { days, from, until }: DeployWindow = { days: weekdays.slice(0, 5), from: "09:00", until: "17:00" },
): WindowRow => {
  nextKey += 1;
  return { key: `window-${nextKey}`, days, from, until };
};

export const gatesOf = (service: Pick<Service, keyof GateValues>): GateValues => ({
  approvalRequired: service.approvalRequired,
  deployWindows: service.deployWindows.map(windowRow),
  deployWindowZone: service.deployWindowZone,
});

const windowsOf = ({ deployWindows }: GateValues): DeployWindow[] =>
  deployWindows.map(({ days, from, until }) => ({
    days: weekdays.filter((day) => days.includes(day)),
    from,
    until,
  }));

/** Only what differs: whoever is no admin may save all the rest. */
export function changedGates(values: GateValues, before: GateValues): Partial<ServicePatch> {
  const windows = windowsOf(values);
  return {
    ...(values.approvalRequired === before.approvalRequired
      ? {}
      : { approvalRequired: values.approvalRequired }),
    ...(JSON.stringify(windows) === JSON.stringify(windowsOf(before)) ? {} : { deployWindows: windows }),
    ...(values.deployWindowZone === before.deployWindowZone
      ? {}
      : { deployWindowZone: values.deployWindowZone }),
  };
}

/** When a window closes, where its times alone would mislead; undefined where they do not. */
export function closingNote({ from, until }: Pick<DeployWindow, "from" | "until">): string | undefined {
  if (from === "" || until === "" || from < until) {
    return undefined;
  }
  return from === until ? "24 hours" : "On the next day";
}

/** Where the form shows what the API says about a part of the windows: at a field of a window, else under all of them. */
export const windowField = (part: string | undefined) =>
  /^\d+\.(days|from|until)$/.test(part ?? "") ? `deployWindows.${part}` : "deployWindows";

/** The zones that this browser knows, with those first that somebody is likely to pick. */
export function timeZones(chosen: string): string[] {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set(["UTC", own, chosen, ...Intl.supportedValuesOf("timeZone")])];
}
