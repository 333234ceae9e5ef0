import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useLostOrganization, useOrganization } from "../../access/use-organization";
import { quotaQuery } from "../../api/access-queries";
import { isMissing } from "../../api/problem";
import { polling } from "../../api/queries";
import type { QuotaEvent, QuotaResource } from "../../api/types";
import { Ago } from "../../ui/ago";
import { Panel } from "../../ui/panel";
import { StatusBadge } from "../../ui/status-badge";
import { Unread } from "../../ui/unread";
import { eventWords, levelTone, levelWords, quotaLevel, resourceName, usageWords } from "../../util/quota";
import classes from "./quota-card.module.css";

/** Takings change with every operation, not with every second. */
const renewal = 15_000;

/** How much the organisation has taken of what it may have, and when something got scarce. */
export function QuotaCard() {
  const { id } = useOrganization();
  const query = useQuery({ ...quotaQuery(id), refetchInterval: polling(renewal) });
  useLostOrganization(query.error);
  const quota = isMissing(query.error) ? undefined : query.data;
  return (
    <Panel
      title="Quota"
      aside={
        quota?.recalculatedAt && (
          <span className="dim">
            Counted <Ago at={quota.recalculatedAt} />
          </span>
        )
      }
    >
      <Unread query={query} />
      {quota && (
        <ul className={classes.resources} aria-label="Resources">
          {quota.resources.map((resource) => (
            <Resource key={resource.resource} resource={resource} />
          ))}
        </ul>
      )}
      {quota && quota.events.length > 0 && <Events events={quota.events} />}
    </Panel>
  );
}

function Resource({ resource }: { resource: QuotaResource }) {
  const nameId = useId();
  const { percent, overridden } = resource;
  const level = quotaLevel(percent);
  const usage = usageWords(resource);
  return (
    <li className={classes.resource} data-level={level}>
      <div className={classes.line}>
        <span id={nameId} className={classes.name}>
          {resourceName(resource.resource)}
        </span>
        <span>{usage}</span>
      </div>
      <div
        className={classes.bar}
        role="progressbar"
        aria-labelledby={nameId}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, percent)}
        aria-valuetext={`${usage}, ${percent} %. ${levelWords[level]}`}
      >
        <div className={classes.fill} style={{ width: `${Math.min(100, percent)}%` }} />
      </div>
      <div className={classes.line}>
        {level === "calm" ? (
          <span className={classes.quiet}>{percent} %</span>
        ) : (
          <StatusBadge plain tone={levelTone[level]} word={`${levelWords[level]}, ${percent} %`} />
        )}
        {overridden && <span className={classes.quiet}>Set for this organisation</span>}
      </div>
    </li>
  );
}

function Events({ events }: { events: QuotaEvent[] }) {
  return (
    <div className={classes.events}>
      <h3>What got scarce</h3>
      <ul aria-label="What got scarce">
        {events.map((event) => (
          <li key={event.id}>
            <span>{eventWords(event)}</span>
            <span className={classes.quiet}>
              <Ago at={event.raisedAt} />
              {event.clearedAt ? (
                <>
                  , over <Ago at={event.clearedAt} />
                </>
              ) : (
                ", still so"
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
