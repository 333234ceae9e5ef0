import { IconArrowUpRight, IconGitBranch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { standingOf } from "../../access/lifecycle";
import type { Service } from "../../api/types";
import { Ago } from "../../ui/ago";
import { StatusBadge } from "../../ui/status-badge";
import { repositoryName, withoutScheme } from "../../util/format";
import { statusWord, toneOf } from "../../util/status";
import { RowMenu } from "../service/service-menu";
import classes from "./service-list.module.css";

/** One row per service; on a narrow screen a row becomes a card. */
export function ServiceList({ services }: { services: Service[] }) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label="Services">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Status</th>
            <th scope="col">Address</th>
            <th scope="col">Source</th>
            <th scope="col">Size</th>
            <th scope="col" className={classes.right}>
              Changed
            </th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <Row key={service.id} service={service} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ service }: { service: Service }) {
  const live = service.currentDeploymentId !== null && service.url;
  return (
    <tr className={classes.row}>
      <th scope="row" className={classes.name}>
        <Link to="/services/$serviceId" params={{ serviceId: service.id }} className={classes.link}>
          {service.name}
        </Link>
      </th>
      <td className={classes.status}>
        <StatusBadge tone={toneOf(service.status)} word={statusWord(service.status)} plain />
      </td>
      <td className={classes.address}>
        {live ? (
          <a href={service.url ?? undefined} target="_blank" rel="noreferrer" className={classes.url}>
            <span className={classes.cut}>{withoutScheme(service.url ?? "")}</span>
            <IconArrowUpRight size={14} aria-hidden="true" />
            <span className="visually-hidden"> (opens in a new tab)</span>
          </a>
        ) : (
          <span className="dim">Not live yet</span>
        )}
      </td>
      <td className={classes.source}>
        <span className={classes.cut}>{repositoryName(service.gitUrl)}</span>
        <span className={classes.branch}>
          <IconGitBranch size={13} aria-hidden="true" />
          {service.gitBranch}
        </span>
      </td>
      <td className={classes.size}>
        {service.replicas} × {service.cpuLimit} CPU, {service.memoryLimitMb} MiB
      </td>
      <td className={`${classes.right} ${classes.changed}`}>
        <Ago at={service.updatedAt} />
      </td>
      <td className={classes.actions}>
        <RowMenu service={service} standing={standingOf(service)} />
      </td>
    </tr>
  );
}
