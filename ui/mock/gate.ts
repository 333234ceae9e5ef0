import type { DeployWindow, Reason, Service } from "../src/api/types";
import { type Weekday, weekdays } from "../src/forms/gate-values";

type Gates = Pick<Service, "approvalRequired" | "deployWindows" | "deployWindowZone">;

const minute = 60_000;
const day = 24 * 60;
const week = 7 * day;

/** What a deployment has to pass once it is built. */
export class Gate {
  approvedAt: number | null = null;
  /** When it goes on; never while somebody has to approve it. */
  opensAt: number;
  private readonly gates: Gates;
  private readonly builtAt: number;

  constructor(gates: Gates, builtAt: number) {
    this.gates = gates;
    this.builtAt = builtAt;
    this.opensAt = gates.approvalRequired ? Number.POSITIVE_INFINITY : opening(gates, builtAt);
  }

  approve(at: number) {
    this.approvedAt = at;
    this.opensAt = opening(this.gates, at);
  }

  get delay(): number {
    return this.opensAt - this.builtAt;
  }

  /** What it waits for then; null while it is built, and once it goes on. */
  waitsFor(now: number): "approval" | "window" | null {
    if (now < this.builtAt || this.opensAt <= now) {
      return null;
    }
    return this.opensAt === Number.POSITIVE_INFINITY ? "approval" : "window";
  }
}

export const rejected: Reason = {
  code: "rejected",
  sentence: "An admin did not approve it.",
  suggestion: "Ask the admins why; deploy again when it is mended.",
  evidence: "",
};

/** The first moment from `at` on in which a window is open. */
function opening({ deployWindows, deployWindowZone }: Gates, at: number): number {
  const wait = minutesTo(deployWindows, minuteOfWeek(at, deployWindowZone));
  return wait === 0 ? at : at - (at % minute) + wait * minute;
}

/** As if the clock were never put forward or back. */
function minutesTo(windows: DeployWindow[], now: number): number {
  const waits = windows.flatMap(({ days, from, until }) => {
    const length = (minuteOf(until) - minuteOf(from) + day) % day || day;
    return days.map((each) => {
      const passed = (now - weekdays.indexOf(each) * day - minuteOf(from) + week) % week;
      return passed < length ? 0 : week - passed;
    });
  });
  return waits.length === 0 ? 0 : Math.min(...waits);
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function minuteOfWeek(at: number, timeZone: string): number {
  const there = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "long" });
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short" });
  const weekday = weekdays.indexOf(there.format(at).toLowerCase() as Weekday);
  return weekday * day + minuteOf(clock.format(at));
}
