import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { polling, releaseLogQuery } from "../api/queries";
import type { Release } from "../api/types";
import { Panel } from "../ui/panel";
import { StatusBadge } from "../ui/status-badge";
import { Unread } from "../ui/unread";
import type { Tone } from "../util/status";
import classes from "./release-log.module.css";

interface Props {
  serviceId: string;
  deploymentId: string;
  release: Release;
}

const tones: Record<Release["status"], Tone> = {
  running: "busy",
  succeeded: "ok",
  failed: "bad",
  cancelled: "idle",
};

const wordOf = ({ status, exitCode }: Release) =>
  exitCode === null || exitCode === undefined
    ? status.charAt(0).toUpperCase() + status.slice(1)
    : `Exit code ${exitCode}`;

/** What a deployment's release command printed, read again while it runs. */
export function ReleaseLog({ serviceId, deploymentId, release }: Props) {
  const query = useQuery({
    ...releaseLogQuery(serviceId, deploymentId, release.status),
    // What it printed stays in sight until the text of its end is there.
    placeholderData: keepPreviousData,
    refetchInterval: release.status === "running" ? polling() : false,
  });
  return (
    <Panel
      title="Release command"
      flush
      aside={<StatusBadge tone={tones[release.status]} word={wordOf(release)} />}
    >
      <Unread query={query} />
      {query.data !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={classes.log} aria-label="Log of the release command" tabIndex={0}>
          {query.data || <span className={classes.nothing}>It has printed nothing.</span>}
        </section>
      )}
    </Panel>
  );
}
