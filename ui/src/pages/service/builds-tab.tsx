import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { itemsOf } from "../../api/paged";
import { isMissing } from "../../api/problem";
import { buildQuery, buildsQuery, pollInterval, polling } from "../../api/queries";
import type { Build } from "../../api/types";
import { FailurePanel } from "../../components/failure-panel";
import { MasterDetail } from "../../components/master-detail";
import { RunItem, RunList } from "../../components/run-list";
import { StepTimeline } from "../../components/step-timeline";
import { UnreadRun } from "../../components/unread-run";
import { Ago, Elapsed } from "../../ui/ago";
import { EmptyState } from "../../ui/empty-state";
import { type Fact, Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { StatusBadge } from "../../ui/status-badge";
import { Unread } from "../../ui/unread";
import { formatBytes, shortCommit, shortDigest, shortId } from "../../util/format";
import { statusWord, workToneOf } from "../../util/status";

const BuildLog = lazy(() =>
  import("../../components/build-log").then((module) => ({ default: module.BuildLog })),
);

export function BuildsTab() {
  const { serviceId } = useParams({ from: "/console/services/$serviceId" });
  const { build: picked } = useSearch({ from: "/console/services/$serviceId/builds" });
  const navigate = useNavigate();
  const query = useInfiniteQuery({ ...buildsQuery(serviceId), refetchInterval: polling() });
  const builds = itemsOf(query.data);
  const selected = picked ?? builds[0]?.id;

  if (!query.data) {
    return (
      <Panel title="Builds" flush>
        <Unread query={query} />
      </Panel>
    );
  }
  if (!selected) {
    return (
      <Panel title="Builds" flush>
        <EmptyState title="Nothing was built yet">
          <p>A deploy builds the newest commit and keeps its log here.</p>
        </EmptyState>
      </Panel>
    );
  }
  return (
    <MasterDetail
      picked={picked !== undefined}
      back="All builds"
      onBack={() => navigate({ to: "/services/$serviceId/builds", params: { serviceId } })}
      list={
        <RunList
          title="Builds"
          count={query.hasNextPage ? `${builds.length}+` : builds.length}
          more={query.hasNextPage ? () => query.fetchNextPage() : undefined}
        >
          {builds.map((build) => (
            <Item key={build.id} build={build} selected={build.id === selected} />
          ))}
        </RunList>
      }
      detail={<BuildDetail key={selected} serviceId={serviceId} buildId={selected} />}
    />
  );
}

function Item({ build, selected }: { build: Build; selected: boolean }) {
  return (
    <RunItem
      selected={selected}
      link={
        <Link
          to="/services/$serviceId/builds"
          params={{ serviceId: build.serviceId }}
          search={{ build: build.id }}
          aria-current={selected ? "true" : undefined}
          resetScroll={false}
        >
          {build.commitSha ? shortCommit(build.commitSha) : "…"}
          <span className="visually-hidden">, build {shortId(build.id)}</span>
        </Link>
      }
      badge={<StatusBadge plain tone={workToneOf(build.status)} word={statusWord(build.status)} />}
      note={<Ago at={build.createdAt} />}
      when={build.startedAt && <Elapsed from={build.startedAt} to={build.finishedAt} />}
    />
  );
}

function BuildDetail({ serviceId, buildId }: { serviceId: string; buildId: string }) {
  const query = useQuery({
    ...buildQuery(serviceId, buildId),
    refetchInterval: (read) => (read.state.data?.finishedAt ? false : polling(pollInterval / 2)(read)),
  });
  const { data: build, error } = query;
  if (!build || isMissing(error)) {
    return <UnreadRun title={`Build ${shortId(buildId)}`} query={query} />;
  }
  return (
    <>
      <Panel
        title={`Build ${shortId(build.id)}`}
        aside={<StatusBadge tone={workToneOf(build.status)} word={statusWord(build.status)} />}
      >
        <Facts facts={factsOf(build)} />
      </Panel>
      {build.reason && <FailurePanel reason={build.reason} tone="bad" />}
      {build.steps.length > 0 && (
        <Panel title="Steps">
          <StepTimeline label="Build steps" steps={build.steps} />
        </Panel>
      )}
      <Suspense fallback={null}>
        <BuildLog key={buildId} serviceId={serviceId} buildId={buildId} />
      </Suspense>
    </>
  );
}

const mono = (text: string) => <span className="mono">{text}</span>;

function factsOf(build: Build): Fact[] {
  const { plan, bytesPushed, layers, layersPushed } = build;
  return [
    { label: "Commit", value: build.commitSha ? mono(shortCommit(build.commitSha)) : "Not resolved" },
    { label: "Image", value: build.imageDigest ? mono(shortDigest(build.imageDigest)) : "None" },
    ...(typeof bytesPushed === "number" ? [{ label: "Pushed", value: formatBytes(bytesPushed) }] : []),
    ...(typeof layers === "number"
      ? [{ label: "Layers pushed", value: `${layersPushed ?? 0} of ${layers}` }]
      : []),
    ...(plan ? [{ label: "Recognised by", value: plan.because, wide: true }] : []),
    ...(plan?.buildCommand ? [{ label: "Build command", value: mono(plan.buildCommand) }] : []),
    ...(plan?.startCommand ? [{ label: "Start command", value: mono(plan.startCommand) }] : []),
    ...(plan?.siteDirectory ? [{ label: "Site folder", value: mono(plan.siteDirectory) }] : []),
  ];
}
