import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AuditEvent } from "../api/access-types";
import { CopyText } from "../ui/copy-text";
import { StatusBadge } from "../ui/status-badge";
import { formatTime } from "../util/format";
import { statusWord } from "../util/status";
import classes from "./audit-detail.module.css";
import { outcomeTone } from "./audit-words";

/** All that is known of one event of the audit log. */
export function AuditDetail({ event }: { event: AuditEvent }) {
  const { actor, subject } = event;
  const lines: [string, ReactNode][] = [
    [
      "Outcome",
      <StatusBadge key="outcome" plain tone={outcomeTone[event.outcome]} word={statusWord(event.outcome)} />,
    ],
    ["When", formatTime(event.at)],
    ["Who", `${actor.name} (${actor.kind})`],
    ["From", actor.address ?? "No request"],
    [
      `What: ${subject.kind}`,
      subject.kind === "service" && subject.id ? (
        <Link key="subject" to="/services/$serviceId" params={{ serviceId: subject.id }}>
          {subject.name}
        </Link>
      ) : (
        subject.name
      ),
    ],
    ...Object.entries(event.detail),
    ["Action", mono(event.action)],
    ...(event.operationId ? ([["Operation", mono(event.operationId)]] as [string, ReactNode][]) : []),
    ...(event.workflowId ? ([["Workflow", mono(event.workflowId)]] as [string, ReactNode][]) : []),
    ["Number", event.sequence],
    [
      "Hash",
      <span key="hash">
        {mono(event.hash)} <CopyText value={event.hash} label="hash" />
      </span>,
    ],
    ["Hash before it", mono(event.previousHash)],
  ];
  return (
    <dl className={classes.lines}>
      {lines.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const mono = (text: string) => <span className="mono">{text}</span>;
