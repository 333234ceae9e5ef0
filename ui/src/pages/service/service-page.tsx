import { IconArrowUpRight, IconBrandGit, IconDatabase, IconGitBranch, IconX } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatchRoute, useParams } from "@tanstack/react-router";
import { cancellable, standingOf } from "../../access/lifecycle";
import { useLostOrganization } from "../../access/use-organization";
import { useRefusal } from "../../access/use-refusal";
import { itemsOf } from "../../api/paged";
import { isMissing } from "../../api/problem";
import { deploymentQuery, operationsQuery, polling, serviceQuery } from "../../api/queries";
import type { Operation, Service } from "../../api/types";
import { ActionButton } from "../../ui/action-button";
import { CopyText } from "../../ui/copy-text";
import { Notice } from "../../ui/notice";
import { PageHeader } from "../../ui/page-header";
import { PageTabs } from "../../ui/page-tabs";
import { StatusBadge } from "../../ui/status-badge";
import { repositoryLink, repositoryName, shortCommit, withoutScheme } from "../../util/format";
import { failureToShow, heldBadge, heldOf, operationTitle } from "../../util/operations";
import { formatAmount } from "../../util/quota";
import { isMoving, statusWord, toneOf } from "../../util/status";
import { ErrorPage } from "../error-page";
import { DeployButton, ServiceMenu } from "./service-menu";
import classes from "./service-page.module.css";
import { useServiceActions } from "./use-service-actions";

export function ServicePage() {
  const { serviceId } = useParams({ from: "/console/services/$serviceId" });
  const { data: service, error } = useQuery({ ...serviceQuery(serviceId), refetchInterval: polling() });
  useLostOrganization(error);
  if (!service || isMissing(error)) {
    return error ? <ErrorPage error={error as unknown as Error} reset={() => {}} /> : null;
  }
  return (
    <>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link to="/services">Services</Link>
      </nav>
      <PageHeader
        title={service.name}
        badge={<Badges service={service} />}
        meta={<Meta service={service} />}
        actions={<Actions service={service} />}
      />
      <PageTabs label="Service">
        <Link
          to="/services/$serviceId"
          params={{ serviceId }}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          Deployments
        </Link>
        <Link to="/services/$serviceId/builds" params={{ serviceId }}>
          Builds
        </Link>
        <Link to="/services/$serviceId/operations" params={{ serviceId }}>
          Operations
        </Link>
        <Link to="/services/$serviceId/settings" params={{ serviceId }}>
          Settings
        </Link>
      </PageTabs>
      <LastFailure serviceId={serviceId} />
      <Outlet />
    </>
  );
}

/** How it stands, and beside that what is held at its gates. Where nothing serves yet, that is all that there is to say. */
function Badges({ service }: { service: Service }) {
  const { data } = useInfiniteQuery(operationsQuery(service.id));
  const held = heldOf(itemsOf(data));
  return (
    <>
      {!(held && isMoving(service.status)) && (
        <StatusBadge tone={toneOf(service.status)} word={statusWord(service.status)} />
      )}
      {held && <StatusBadge {...heldBadge(held)} />}
    </>
  );
}

function Meta({ service }: { service: Service }) {
  const { data: current } = useQuery({
    ...deploymentQuery(service.id, service.currentDeploymentId ?? ""),
    enabled: Boolean(service.currentDeploymentId),
  });
  const link = repositoryLink(service.gitUrl);
  return (
    <>
      {service.url && service.currentDeploymentId ? (
        <span className={classes.item}>
          <a href={service.url} target="_blank" rel="noreferrer" className={classes.url}>
            {withoutScheme(service.url)}
            <IconArrowUpRight size={15} aria-hidden="true" />
            <span className="visually-hidden"> (opens in a new tab)</span>
          </a>
          <CopyText value={service.url} label="address" />
        </span>
      ) : (
        <span className={classes.item}>Not live yet</span>
      )}
      <span className={classes.item}>
        <IconBrandGit size={15} aria-hidden="true" />
        {link ? (
          <a href={link} target="_blank" rel="noreferrer">
            {repositoryName(service.gitUrl)}
          </a>
        ) : (
          repositoryName(service.gitUrl)
        )}
      </span>
      <span className={classes.item}>
        <IconGitBranch size={15} aria-hidden="true" />
        {service.gitBranch}
        {current?.commitSha && <span className="mono">{shortCommit(current.commitSha)}</span>}
      </span>
      {service.volumeMb !== null && (
        <span className={classes.item}>
          <IconDatabase size={15} aria-hidden="true" />
          Volume of {formatAmount("storage_mb", service.volumeMb)}
          {service.volumeHost ? (
            <>
              {" on host "}
              <span className="mono">{service.volumeHost}</span>
            </>
          ) : (
            ", made with the next deploy"
          )}
        </span>
      )}
    </>
  );
}

function Actions({ service }: { service: Service }) {
  const actions = useServiceActions(service);
  const { data } = useInfiniteQuery({ ...operationsQuery(service.id), refetchInterval: polling() });
  const operations = itemsOf(data);
  const standing = standingOf(service, operations);
  return (
    <>
      <CancelButton service={service} operations={operations} onClick={actions.cancel} />
      <DeployButton service={service} standing={standing} actions={actions} />
      <ServiceMenu service={service} standing={standing} actions={actions} />
    </>
  );
}

/** A roll-back or a delete that failed leaves no deployment to say so. The tab of operations says it itself. */
function LastFailure({ serviceId }: { serviceId: string }) {
  const { data } = useInfiniteQuery(operationsQuery(serviceId));
  const there = useMatchRoute()({ to: "/services/$serviceId/operations", params: { serviceId } });
  const failed = failureToShow(itemsOf(data));
  if (!failed || there) {
    return null;
  }
  return (
    <div className={classes.failure}>
      <Notice tone="warn" title={`${operationTitle(failed)} failed`}>
        <p>{failed.reason?.sentence}</p>
        <Link to="/services/$serviceId/operations" params={{ serviceId }} search={{ operation: failed.id }}>
          What to do about it
        </Link>
      </Notice>
    </div>
  );
}

interface CancelProps {
  service: Service;
  operations: Operation[];
  onClick: (what: "operations" | "soak") => void;
}

/** Stands there while something could be cancelled. */
function CancelButton({ service, operations, onClick }: CancelProps) {
  const refused = useRefusal("deploy", service.id);
  const { data: current } = useQuery({
    ...deploymentQuery(service.id, service.currentDeploymentId ?? ""),
    enabled: Boolean(service.currentDeploymentId),
    refetchInterval: polling(),
  });
  const target = cancellable(operations, current);
  if (!target || service.status === "deleting") {
    return null;
  }
  return (
    <ActionButton
      variant="default"
      leftSection={<IconX size={16} />}
      disabledReason={refused ?? target.refused}
      onClick={() => onClick(target.what)}
    >
      Cancel
    </ActionButton>
  );
}
