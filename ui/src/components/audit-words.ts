import type { AuditEvent, AuditOutcome } from "../api/access-types";
import type { Tone } from "../util/status";

export const outcomeTone: Record<AuditOutcome, Tone> = {
  requested: "busy",
  succeeded: "ok",
  failed: "bad",
  refused: "warn",
};

/** What is offered as a filter before anything was read. */
export const knownActions = [
  "deployment.abort",
  "deployment.approve",
  "deployment.promote",
  "deployment.reject",
  "invitation.accept",
  "invitation.create",
  "invitation.revoke",
  "member.change",
  "member.remove",
  "organization.rename",
  "request.send",
  "service.change",
  "service.create",
  "service.delete",
  "service.deploy",
  "service.rebuild",
  "service.reconcile",
  "service.repair",
  "service.rollback",
  "token.create",
  "token.revoke",
];

/** `service.deploy` → “Deploy service”. */
export function auditWords({ action }: Pick<AuditEvent, "action">): string {
  const [subject = "", verb = ""] = action.split(".").map((part) => part.replaceAll("_", " "));
  const british = subject.replace("organization", "organisation");
  const words = `${verb} ${british}`.trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
