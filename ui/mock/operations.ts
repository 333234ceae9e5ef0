import type { Operation, Reason } from "../src/api/types";
import type { Gate } from "./gate";
import { newId } from "./ids";

interface Asked {
  id: string;
  serviceId: string;
  kind: Operation["kind"];
  at: number;
  endsAt: number;
  end: "succeeded" | "failed" | "superseded";
  deploymentId: string | null;
  replicas: number | null;
  reason: Reason | null;
  waitingFor: string | null;
  gate: Gate | null;
  /** Before it came to its own end. */
  ended: Ending | null;
}

interface Ending {
  at: number;
  as: "cancelled" | "superseded";
  reason?: Reason;
}

export interface Wish {
  /** Milliseconds of the mock's clock. */
  takes: number;
  at?: number;
  end?: Asked["end"];
  deploymentId?: string;
  replicas?: number;
  reason?: Reason | undefined;
  /** It stays pending for this until it is cancelled. */
  waitingFor?: string;
  /** What keeps it back before its end; it takes as much longer. */
  gate?: Gate;
}

const iso = (time: number) => new Date(time).toISOString();

/** All that was asked of services; how each stands follows from the clock. */
export class Operations {
  private asked: Asked[] = [];
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  ask(serviceId: string, kind: Operation["kind"], wish: Wish): string {
    const at = wish.at ?? this.now();
    const id = newId();
    this.asked.push({
      id,
      serviceId,
      kind,
      at,
      endsAt: wish.waitingFor ? Number.POSITIVE_INFINITY : at + wish.takes,
      end: wish.end ?? "succeeded",
      deploymentId: wish.deploymentId ?? null,
      replicas: wish.replicas ?? null,
      reason: wish.reason ?? null,
      waitingFor: wish.waitingFor ?? null,
      gate: wish.gate ?? null,
      ended: null,
    });
    return id;
  }

  /** Newest first. */
  list(serviceId: string): Operation[] {
    return this.of(serviceId)
      .sort((a, b) => b.at - a.at)
      .map((asked) => this.view(asked));
  }

  /** Ends what is under way, but not a delete; gives back what it ended. */
  cancel(serviceId: string): Operation[] {
    const open = this.of(serviceId).filter((asked) => this.overAt(asked) === null && asked.kind !== "delete");
    for (const asked of open) {
      asked.ended = { at: this.now(), as: "cancelled" };
    }
    return open.map((asked) => this.view(asked));
  }

  /** Ends one, and is no cancel that somebody asked for. */
  end(id: string, as: Ending["as"], reason?: Reason) {
    const asked = this.asked.find((each) => each.id === id);
    if (asked) {
      asked.ended = { at: this.now(), as, ...(reason ? { reason } : {}) };
    }
  }

  /** Whether the last switch that came to its end was a stop. */
  isStopped(serviceId: string): boolean {
    const over = this.list(serviceId).filter(
      ({ kind, status }) => (kind === "start" || kind === "stop") && status === "succeeded",
    );
    return over[0]?.kind === "stop";
  }

  private of(serviceId: string) {
    return this.asked.filter((asked) => asked.serviceId === serviceId);
  }

  /** When it came to an end; null while it did not. */
  private overAt({ endsAt, gate, ended }: Asked): number | null {
    const own = endsAt + (gate?.delay ?? 0);
    return ended?.at ?? (own <= this.now() ? own : null);
  }

  private view(asked: Asked): Operation {
    const { id, serviceId, kind, at, deploymentId, replicas, gate, ended } = asked;
    const over = this.overAt(asked);
    const held = over ? null : (gate?.waitsFor(this.now()) ?? null);
    const waits = asked.waitingFor !== null || held !== null;
    const cancelled = ended?.as === "cancelled" && !ended.reason;
    return {
      id,
      serviceId,
      kind,
      status: ended ? ended.as : over ? asked.end : waits ? "pending" : "running",
      deploymentId,
      replicas,
      reason: ended ? (ended.reason ?? null) : over ? asked.reason : null,
      waitingFor: over ? null : (held ?? asked.waitingFor),
      waitsUntil: gate && held === "window" ? iso(gate.opensAt) : null,
      cancelRequestedAt: cancelled ? iso(ended.at) : null,
      createdAt: iso(at),
      startedAt: asked.waitingFor || asked.end === "superseded" ? null : iso(at),
      finishedAt: over ? iso(over) : null,
    };
  }
}
