import type { AuditEvent, AuditOutcome } from "../src/api/access-types";
import { hex, newId } from "./ids";

interface Entry {
  actor: AuditEvent["actor"];
  action: string;
  subject: AuditEvent["subject"];
  outcome?: AuditOutcome;
  detail?: Record<string, string>;
  /** Milliseconds before now. */
  age?: number;
}

/** What was done, in the order in which it was done. The hashes only look the part. */
export class AuditLog {
  private readonly chains = new Map<string, AuditEvent[]>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  append(
    organizationId: string,
    { actor, action, subject, outcome = "succeeded", detail = {}, age = 0 }: Entry,
  ) {
    const chain = this.events(organizationId);
    const operation = outcome === "requested" || actor.kind === "operation";
    chain.push({
      sequence: chain.length + 1,
      id: newId(),
      at: new Date(this.now() - age).toISOString(),
      actor,
      action,
      subject,
      operationId: operation ? newId() : null,
      workflowId: operation ? `service-${subject.id}` : null,
      outcome,
      detail,
      previousHash: chain.at(-1)?.hash ?? "0".repeat(64),
      hash: hex(64),
    });
    this.chains.set(organizationId, chain);
  }

  events(organizationId: string): AuditEvent[] {
    return this.chains.get(organizationId) ?? [];
  }
}
