import { IconRocket } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRefusal } from "../../access/use-refusal";
import { itemsOf } from "../../api/paged";
import { deploymentsQuery, operationsQuery, polling, serviceQuery } from "../../api/queries";
import type { Deployment, Operation } from "../../api/types";
import { MasterDetail } from "../../components/master-detail";
import { RunItem, RunList } from "../../components/run-list";
import { ActionButton } from "../../ui/action-button";
import { Ago, Elapsed } from "../../ui/ago";
import { EmptyState } from "../../ui/empty-state";
import { Panel } from "../../ui/panel";
import { StatusBadge } from "../../ui/status-badge";
import { Unread } from "../../ui/unread";
import { shortCommit } from "../../util/format";
import { heldBadge, heldOf } from "../../util/operations";
import { isMoving, statusWord, toneOf } from "../../util/status";
import { settledAt } from "../../util/steps";
import { DeploymentDetail } from "./deployment-detail";
import { useServiceActions } from "./use-service-actions";

export function DeploymentsTab() {
  const { serviceId } = useParams({ from: "/console/services/$serviceId" });
  const { deployment: picked } = useSearch({ from: "/console/services/$serviceId/" });
  const navigate = useNavigate();
  const { data: service } = useQuery(serviceQuery(serviceId));
  const query = useInfiniteQuery({ ...deploymentsQuery(serviceId), refetchInterval: polling() });
  const operations = itemsOf(useInfiniteQuery(operationsQuery(serviceId)).data);
  const deployments = itemsOf(query.data);
  const selected = picked ?? deployments[0]?.id;

  if (!service) {
    return null;
  }
  if (!query.data) {
    return (
      <Panel title="Deployments" flush>
        <Unread query={query} />
      </Panel>
    );
  }
  if (!selected) {
    return <NeverDeployed serviceId={serviceId} />;
  }
  return (
    <MasterDetail
      picked={picked !== undefined}
      back="All deployments"
      onBack={() => navigate({ to: "/services/$serviceId", params: { serviceId } })}
      list={
        <RunList
          title="Deployments"
          count={query.hasNextPage ? `${deployments.length}+` : deployments.length}
          more={query.hasNextPage ? () => query.fetchNextPage() : undefined}
        >
          {deployments.map((deployment) => (
            <Item
              key={deployment.id}
              deployment={deployment}
              held={heldOf(operations, deployment.id)}
              selected={deployment.id === selected}
              current={deployment.id === service.currentDeploymentId}
            />
          ))}
        </RunList>
      }
      detail={<DeploymentDetail key={selected} service={service} deploymentId={selected} />}
    />
  );
}

interface ItemProps {
  deployment: Deployment;
  held: Operation | undefined;
  selected: boolean;
  current: boolean;
}

function Item({ deployment, held, selected, current }: ItemProps) {
  const { serviceId, status, startedAt } = deployment;
  const badge = held ? heldBadge(held) : { tone: toneOf(status), word: statusWord(status) };
  const settled = settledAt(deployment);
  return (
    <RunItem
      selected={selected}
      link={
        <Link
          to="/services/$serviceId"
          params={{ serviceId }}
          search={{ deployment: deployment.id }}
          aria-current={selected ? "true" : undefined}
          resetScroll={false}
        >
          {deployment.commitSha ? shortCommit(deployment.commitSha) : "…"}
          <span className="visually-hidden">, deployment {deployment.id.slice(-8)}</span>
        </Link>
      }
      mark={current ? "Current" : undefined}
      badge={<StatusBadge plain {...badge} />}
      note={<Ago at={deployment.createdAt} />}
      when={
        (settled || (isMoving(status) && !held)) && startedAt && <Elapsed from={startedAt} to={settled} />
      }
    />
  );
}

function NeverDeployed({ serviceId }: { serviceId: string }) {
  const { data: service } = useQuery(serviceQuery(serviceId));
  return (
    <Panel title="Deployments" flush>
      <EmptyState title="Nothing was deployed yet">
        <p>The first deployment builds {service?.gitBranch} and gives the service its address.</p>
        {service && <DeployButton service={service} />}
      </EmptyState>
    </Panel>
  );
}

function DeployButton({ service }: { service: Parameters<typeof useServiceActions>[0] }) {
  const { deploy } = useServiceActions(service);
  const refused = useRefusal("deploy", service.id);
  return (
    <ActionButton mt="xs" leftSection={<IconRocket size={16} />} disabledReason={refused} onClick={deploy}>
      Deploy now
    </ActionButton>
  );
}
