import type { Operation, Reason } from "../src/api/types";
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
  cancelledAt: number | null;
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
      cancelledAt: null,
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
    const now = this.now();
    const open = this.of(serviceId).filter(
      ({ endsAt, cancelledAt, kind }) => endsAt > now && !cancelledAt && kind !== "delete",
    );
    for (const asked of open) {
      asked.cancelledAt = now;
    }
    return open.map((asked) => this.view(asked));
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

  private view(asked: Asked): Operation {
    const { id, serviceId, kind, at, endsAt, deploymentId, replicas, cancelledAt } = asked;
    const over = cancelledAt ?? (endsAt <= this.now() ? endsAt : null);
    const waits = asked.waitingFor !== null;
    return {
      id,
      serviceId,
      kind,
      status: cancelledAt ? "cancelled" : over ? asked.end : waits ? "pending" : "running",
      deploymentId,
      replicas,
      reason: over && !cancelledAt ? asked.reason : null,
      waitingFor: over ? null : asked.waitingFor,
      cancelRequestedAt: cancelledAt ? iso(cancelledAt) : null,
      createdAt: iso(at),
      startedAt: waits || asked.end === "superseded" ? null : iso(at),
      finishedAt: over ? iso(over) : null,
    };
  }
}
