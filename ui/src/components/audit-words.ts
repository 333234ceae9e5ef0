import type { AuditEvent, AuditOutcome } from "../api/access-types";
import type { Tone } from "../util/status";

export const outcomeTone: Record<AuditOutcome, Tone> = {
  requested: "busy",
  succeeded: "ok",
  failed: "bad",
  refused: "warn",
};

/** All that the log of an organisation may hold, for the filter. test/audit-words.spec.ts holds it against the API. */
export const knownActions = [
  "deployment.abort",
  "deployment.approve",
  "deployment.promote",
  "deployment.reject",
  "grant.change",
  "invitation.accept",
  "invitation.create",
  "invitation.revoke",
  "member.remove",
  "member.role_change",
  "organization.change",
  "organization.create",
  "quota.change",
  "request.send",
  "service.cancel",
  "service.change",
  "service.create",
  "service.delete",
  "service.deploy",
  "service.rebuild",
  "service.reconcile",
  "service.repair",
  "service.restart",
  "service.rollback",
  "service.scale",
  "service.start",
  "service.stop",
  "token.create",
  "token.revoke",
];

/** `service.deploy` → “Deploy service”, `member.role_change` → “Change role of member”. */
export function auditWords({ action }: Pick<AuditEvent, "action">): string {
  const [thing = "", deed = ""] = action.split(".");
  const subject = thing.replaceAll("_", " ").replace("organization", "organisation");
  const what = deed.split("_");
  const verb = what.pop();
  const words = (what.length > 0 ? `${verb} ${what.join(" ")} of ${subject}` : `${verb} ${subject}`).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
