import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { itemsOf } from "../../api/paged";
import { operationsQuery, polling } from "../../api/queries";
import type { Operation } from "../../api/types";
import { FailurePanel } from "../../components/failure-panel";
import { Ago, Elapsed } from "../../ui/ago";
import { EmptyState } from "../../ui/empty-state";
import { Panel } from "../../ui/panel";
import { ShowMore } from "../../ui/show-more";
import { StatusBadge } from "../../ui/status-badge";
import { Unread } from "../../ui/unread";
import { operationNote, operationTitle, operationTone } from "../../util/operations";
import { statusWord } from "../../util/status";
import classes from "./operations-tab.module.css";

/** All that was asked of a service, what waits for what, and why something failed. */
export function OperationsTab() {
  const { serviceId } = useParams({ from: "/console/services/$serviceId" });
  const { operation: followed } = useSearch({ from: "/console/services/$serviceId/operations" });
  const query = useInfiniteQuery({ ...operationsQuery(serviceId), refetchInterval: polling() });
  const operations = itemsOf(query.data);
  return (
    <Panel title="Operations" flush>
      <Unread query={query} />
      {query.data && operations.length === 0 && (
        <EmptyState title="Nothing was asked for yet">
          <p>Deploys, starts, stops and all else that is asked of the service stand here.</p>
        </EmptyState>
      )}
      {operations.length > 0 && (
        <ul className={classes.list} aria-label="Operations">
          {operations.map((operation) => (
            <Item key={operation.id} operation={operation} followed={operation.id === followed} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className={classes.more}>
          <ShowMore query={query} />
        </div>
      )}
    </Panel>
  );
}

function Item({ operation, followed }: { operation: Operation; followed: boolean }) {
  const { serviceId, deploymentId, status, startedAt, finishedAt, reason } = operation;
  const note = operationNote(operation);
  return (
    <li className={classes.item} data-followed={followed || undefined} aria-current={followed || undefined}>
      <div className={classes.line}>
        <h3 className={classes.title}>{operationTitle(operation)}</h3>
        <StatusBadge plain tone={operationTone(status)} word={statusWord(status)} />
        {deploymentId && (
          <Link to="/services/$serviceId" params={{ serviceId }} search={{ deployment: deploymentId }}>
            Deployment
          </Link>
        )}
        <span className={classes.when}>
          <Ago at={operation.createdAt} />
          {startedAt && (finishedAt || status === "running") && <Elapsed from={startedAt} to={finishedAt} />}
        </span>
      </div>
      {note && <p className={classes.note}>{note}</p>}
      {reason && <FailurePanel reason={reason} tone={status === "failed" ? "bad" : "warn"} />}
    </li>
  );
}
