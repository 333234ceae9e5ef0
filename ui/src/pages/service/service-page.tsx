import { Button, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowUpRight,
  IconBrandGit,
  IconDots,
  IconGitBranch,
  IconHammer,
  IconRocket,
  IconTrash,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { useRefusal } from "../../access/use-refusal";
import { deploymentQuery, pollInterval, serviceQuery } from "../../api/queries";
import type { Service } from "../../api/types";
import { ActionButton, ActionItem } from "../../ui/action-button";
import { CopyText } from "../../ui/copy-text";
import { PageHeader } from "../../ui/page-header";
import { PageTabs } from "../../ui/page-tabs";
import { StatusBadge } from "../../ui/status-badge";
import { repositoryLink, repositoryName, shortCommit, withoutScheme } from "../../util/format";
import { statusWord, toneOf } from "../../util/status";
import { ErrorPage } from "../error-page";
import classes from "./service-page.module.css";
import { useServiceActions } from "./use-service-actions";

export function ServicePage() {
  const { serviceId } = useParams({ from: "/console/services/$serviceId" });
  const { data: service, error } = useQuery({ ...serviceQuery(serviceId), refetchInterval: pollInterval });
  if (!service) {
    return error ? <ErrorPage error={error as unknown as Error} reset={() => {}} /> : null;
  }
  return (
    <>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link to="/services">Services</Link>
      </nav>
      <PageHeader
        title={service.name}
        badge={<StatusBadge tone={toneOf(service.status)} word={statusWord(service.status)} />}
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
        <Link to="/services/$serviceId/settings" params={{ serviceId }}>
          Settings
        </Link>
      </PageTabs>
      <Outlet />
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
    </>
  );
}

function Actions({ service }: { service: Service }) {
  const actions = useServiceActions(service);
  const refused = useRefusal("deploy", service.id);
  const leaving = service.status === "deleting" ? "The service is being deleted." : undefined;
  return (
    <>
      <ActionButton
        leftSection={<IconRocket size={16} />}
        onClick={actions.deploy}
        disabledReason={leaving ?? refused}
      >
        Deploy
      </ActionButton>
      <Menu position="bottom-end" width={270}>
        <Menu.Target>
          <Button variant="default" px={9} aria-label="More actions" disabled={leaving !== undefined}>
            <IconDots size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <ActionItem
            leftSection={<IconHammer size={15} />}
            disabledReason={refused}
            onClick={actions.rebuild}
          >
            Rebuild and deploy
          </ActionItem>
          <ActionItem
            leftSection={<IconArrowBackUp size={15} />}
            disabledReason={refused ?? (service.currentDeploymentId ? undefined : "Nothing serves yet.")}
            onClick={() => actions.rollBack()}
          >
            Roll back
          </ActionItem>
          <Menu.Divider />
          <ActionItem
            color="red"
            leftSection={<IconTrash size={15} />}
            disabledReason={refused}
            onClick={actions.remove}
          >
            Delete service
          </ActionItem>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
