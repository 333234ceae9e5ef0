import { IconArrowBackUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { lifecycleRefusal, standingOf } from "../../access/lifecycle";
import { useRefusal } from "../../access/use-refusal";
import { isMissing } from "../../api/problem";
import { buildQuery, deploymentQuery, pollInterval, polling } from "../../api/queries";
import type { Build, Deployment, Operation, Service, Step } from "../../api/types";
import { FailurePanel } from "../../components/failure-panel";
import { ReleaseLog } from "../../components/release-log";
import { StepTimeline } from "../../components/step-timeline";
import { UnreadRun } from "../../components/unread-run";
import { ActionButton } from "../../ui/action-button";
import { Ago, Elapsed } from "../../ui/ago";
import { CopyText } from "../../ui/copy-text";
import { Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { StatusBadge } from "../../ui/status-badge";
import { formatDuration, shortCommit, shortDigest, shortId } from "../../util/format";
import { heldBadge } from "../../util/operations";
import { isMoving, statusWord, toneOf } from "../../util/status";
import { releasePhases, settledAt } from "../../util/steps";
import { CanaryCard } from "./canary-card";
import classes from "./detail.module.css";
import { HeldCard } from "./held-card";
import { useHeld } from "./use-held";
import { useServiceActions } from "./use-service-actions";

const BuildLog = lazy(() =>
  import("../../components/build-log").then((module) => ({ default: module.BuildLog })),
);

/** While something moves, its steps are read twice as often as the rest. */
const stepInterval = pollInterval / 2;

/** One deployment: how it stands, why it failed, its steps and the log of its build. */
export function DeploymentDetail({ service, deploymentId }: { service: Service; deploymentId: string }) {
  const query = useQuery({
    ...deploymentQuery(service.id, deploymentId),
    refetchInterval: (read) => {
      const { data } = read.state;
      return polling(data && !isMoving(data.status) ? pollInterval * 2 : stepInterval)(read);
    },
  });
  const { data: deployment, error } = query;
  const buildId = deployment?.buildId ?? "";
  const { data: build } = useQuery({
    ...buildQuery(service.id, buildId),
    enabled: buildId !== "",
    refetchInterval: (read) => (read.state.data?.finishedAt ? false : polling(stepInterval)(read)),
  });
  const held = useHeld(service.id, deployment);
  if (!deployment || isMissing(error)) {
    return <UnreadRun title={`Deployment ${shortId(deploymentId)}`} query={query} />;
  }
  return (
    <>
      <Summary service={service} deployment={deployment} held={held} />
      {held && <HeldCard service={service} deployment={deployment} build={build} operation={held} />}
      {deployment.canary && (
        <CanaryCard service={service} deployment={deployment} canary={deployment.canary} />
      )}
      {deployment.reason && (
        <FailurePanel reason={deployment.reason} tone={deployment.status === "failed" ? "bad" : "warn"} />
      )}
      <Steps deployment={deployment} build={build} />
      {deployment.release && (
        <ReleaseLog
          key={deployment.id}
          serviceId={service.id}
          deploymentId={deployment.id}
          release={deployment.release}
        />
      )}
      {buildId && (
        <Suspense fallback={null}>
          <BuildLog key={buildId} serviceId={service.id} buildId={buildId} />
        </Suspense>
      )}
    </>
  );
}

interface SummaryProps {
  service: Service;
  deployment: Deployment;
  held: Operation | undefined;
}

function Summary({ service, deployment, held }: SummaryProps) {
  const badge = held
    ? heldBadge(held)
    : { tone: toneOf(deployment.status), word: statusWord(deployment.status) };
  const { startedAt, gapMs } = deployment;
  // Where two versions may not run at once, the current one ends before its successor gets the traffic.
  const serves = deployment.id === service.currentDeploymentId && deployment.status !== "retired";
  return (
    <Panel
      title={`Deployment ${shortId(deployment.id)}`}
      aside={
        <>
          <StatusBadge {...badge} />
          <RollBackButton service={service} deployment={deployment} />
        </>
      }
    >
      <Facts
        facts={[
          { label: "Traffic", value: serves ? "Serves now" : partOf(deployment) },
          {
            label: "Commit",
            value: deployment.commitSha ? (
              <span className={classes.copyable}>
                <span className="mono">{shortCommit(deployment.commitSha)}</span>
                <CopyText value={deployment.commitSha} label="commit" />
              </span>
            ) : (
              "Not resolved"
            ),
          },
          {
            label: "Image",
            value: deployment.imageDigest ? (
              <span className={classes.copyable}>
                <span className="mono">{shortDigest(deployment.imageDigest)}</span>
                <CopyText value={deployment.imageDigest} label="image digest" />
              </span>
            ) : (
              "None"
            ),
          },
          { label: "Requested", value: <Ago at={deployment.createdAt} /> },
          ...(deployment.approvedAt
            ? [{ label: "Approved", value: <Ago at={deployment.approvedAt} /> }]
            : []),
          {
            label: "Took",
            value:
              startedAt && !held ? (
                <Took from={startedAt} to={settledAt(deployment)} moving={isMoving(deployment.status)} />
              ) : (
                "–"
              ),
          },
          ...(gapMs === null
            ? []
            : [{ label: "Not served for", value: <span className="mono">{formatDuration(gapMs)}</span> }]),
        ]}
      />
    </Panel>
  );
}

function partOf({ status, canary }: Deployment) {
  return canary && !canary.decision && isMoving(status) ? `${canary.weight} % as a canary` : "None";
}

function Took({ from, to, moving }: { from: string; to: string | null | undefined; moving: boolean }) {
  return to || moving ? <Elapsed from={from} to={to} /> : "–";
}

function RollBackButton({ service, deployment }: { service: Service; deployment: Deployment }) {
  const { rollBack } = useServiceActions(service);
  const refused = useRefusal("deploy", service.id);
  if (deployment.id === service.currentDeploymentId || isMoving(deployment.status)) {
    return null;
  }
  return (
    <ActionButton
      variant="default"
      size="compact-sm"
      leftSection={<IconArrowBackUp size={14} />}
      disabledReason={
        refused ??
        lifecycleRefusal("rollback", standingOf(service)) ??
        (deployment.rollbackable ? undefined : "It never served, or its image is not kept.")
      }
      onClick={() => rollBack(deployment)}
    >
      Roll back to this
    </ActionButton>
  );
}

function Steps({ deployment, build }: { deployment: Deployment; build: Build | undefined }) {
  const buildSteps = build?.steps ?? [];
  const { release, after } = releasePhases(deployment.steps);
  if (buildSteps.length === 0 && deployment.steps.length === 0) {
    return (
      <Panel title="Steps">
        <p className={classes.quiet}>
          {isMoving(deployment.status) ? "Waiting for its turn…" : "It ended before its first step."}
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Steps">
      <Phase title="Build" steps={buildSteps} />
      <Phase title="Release" steps={release} />
      <Phase title="After release" steps={after} />
    </Panel>
  );
}

function Phase({ title, steps }: { title: string; steps: Step[] }) {
  return steps.length === 0 ? null : (
    <>
      <h3 className={classes.phase}>{title}</h3>
      <StepTimeline label={`${title} steps`} steps={steps} />
    </>
  );
}
