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
import { deploymentQuery, pollInterval, serviceQuery } from "../../api/queries";
import type { Service } from "../../api/types";
import { ActionButton } from "../../ui/action-button";
import { CopyText } from "../../ui/copy-text";
import { PageHeader } from "../../ui/page-header";
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
      <nav className={classes.tabs} aria-label="Service">
        <Link
          to="/services/$serviceId"
          params={{ serviceId }}
          activeOptions={{ exact: true, includeSearch: false }}
          className={classes.tab}
        >
          Deployments
        </Link>
        <Link to="/services/$serviceId/builds" params={{ serviceId }} className={classes.tab}>
          Builds
        </Link>
        <Link to="/services/$serviceId/settings" params={{ serviceId }} className={classes.tab}>
          Settings
        </Link>
      </nav>
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
  const leaving = service.status === "deleting";
  return (
    <>
      <ActionButton
        leftSection={<IconRocket size={16} />}
        onClick={actions.deploy}
        disabledReason={leaving ? "The service is being deleted" : undefined}
      >
        Deploy
      </ActionButton>
      <Menu position="bottom-end" width={210}>
        <Menu.Target>
          <Button variant="default" px={9} aria-label="More actions" disabled={leaving}>
            <IconDots size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconHammer size={15} />} onClick={actions.rebuild}>
            Rebuild and deploy
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowBackUp size={15} />}
            onClick={() => actions.rollBack()}
            disabled={!service.currentDeploymentId}
          >
            Roll back
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={actions.remove}>
            Delete service
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
