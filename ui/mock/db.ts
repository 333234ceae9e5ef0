import type { Build, Deployment, Operation, Release, Service, ServiceCreate } from "../src/api/types";
import { isHeld } from "../src/util/operations";
import { Gate, rejected } from "./gate";
import { hex, newId } from "./ids";
import { Operations } from "./operations";
import { People } from "./people";
import { digestOf, type Revision, viewBuild } from "./revision";
import { type Script, type ScriptName, scriptFor, scripts, soak } from "./scripts";
import { type StoredService, storedService } from "./stored-service";
import { length, progress } from "./timeline";

/** From `at` on, `deploymentId` serves. */
interface Switch {
  at: number;
  deploymentId: string;
}

/** Until `at`, nothing served for the sake of `deploymentId`. */
interface Gap {
  at: number;
  deploymentId: string;
  milliseconds: number;
}

export interface DatabaseOptions {
  /** 1 is real life; a unit test takes 50. */
  speed?: number;
  now?: () => number;
  /** The address of a service's app. */
  appUrl?: (slug: string) => string;
}

/** An in-memory Berth. */
export class Database {
  readonly people: People;
  readonly operations: Operations;
  readonly speed: number;
  private readonly services = new Map<string, StoredService>();
  private readonly deleted = new Map<string, number>();
  private revisions: Revision[] = [];
  private switches: Switch[] = [];
  private gaps: Gap[] = [];
  private readonly now: () => number;
  private readonly appUrl: (slug: string) => string;

  constructor({
    speed = 1,
    now = Date.now,
    appUrl = (slug) => `http://${slug}.localhost:8080`,
  }: DatabaseOptions = {}) {
    this.speed = speed;
    this.now = now;
    this.appUrl = appUrl;
    this.people = new People(now);
    this.operations = new Operations(now);
  }

  /** Runs of release commands, by deployment. */
  readonly releases = new Map<string, { run: Release; log: string }>();

  /** The organisation that things belong to where nobody says otherwise. */
  get home(): string {
    return this.people.organizations[0]?.id ?? "";
  }

  create(body: ServiceCreate, createdAt = this.now(), organizationId = this.home): Service {
    const service = storedService(body, { createdAt, organizationId, appUrl: this.appUrl });
    this.services.set(service.id, service);
    return this.view(service);
  }

  update(id: string, changes: object): Service | undefined {
    const service = this.services.get(id);
    if (!service) {
      return undefined;
    }
    Object.assign(service, changes, {
      version: service.version + 1,
      updatedAt: new Date(this.now()).toISOString(),
    });
    return this.view(service);
  }

  /** Another number of replicas is no new version: whoever is changing the service may save all the same. */
  scale(id: string, replicas: number) {
    const service = this.services.get(id);
    if (service) {
      service.replicas = replicas;
    }
  }

  hasSlug(slug: string) {
    return slug === "taken" || [...this.services.values()].some((service) => service.slug === slug);
  }

  list(organizationId = this.home): Service[] {
    this.forget();
    return [...this.services.values()]
      .filter((service) => service.organizationId === organizationId)
      .map((service) => this.view(service))
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  find(id: string, organizationId?: string): Service | undefined {
    this.forget();
    const service = this.services.get(id);
    return service && (!organizationId || service.organizationId === organizationId)
      ? this.view(service)
      : undefined;
  }

  remove(id: string) {
    const takes = 3000 / this.speed;
    this.deleted.set(id, this.now() + takes);
    return this.operations.ask(id, "delete", { takes });
  }

  /** Queues a deployment; `at` in the past makes history. */
  deploy(
    serviceId: string,
    script?: ScriptName,
    at = this.now(),
    commitSha = hex(40),
    kind: Operation["kind"] = "deploy",
  ): Revision {
    const service = this.services.get(serviceId) as StoredService;
    const name = script ?? scriptFor(service.gitUrl, service.gitBranch);
    const { build, rollout, end, reason } = scripts[name] as Script;
    const id = newId();
    const takes = length([...build, ...rollout], this.speed);
    const gated = kind !== "restart" && rollout.length > 0;
    const gate = gated ? new Gate(service, at + length(build, this.speed)) : null;
    if (gated) {
      this.supersedeHeld(serviceId);
    }
    const operationId = this.operations.ask(serviceId, kind, {
      at,
      takes,
      deploymentId: id,
      end: end === "running" ? "succeeded" : end === "superseded" ? "superseded" : "failed",
      reason,
      ...(gate ? { gate } : {}),
    });
    const revision = {
      id,
      buildId: newId(),
      serviceId,
      commitSha,
      script: name,
      createdAt: at,
      operationId,
      gate,
    };
    this.revisions.push(revision);
    if (service.volumeMb !== null) {
      service.volumeHost ??= "x1kq3v7n0ew5y2b8m4tz6rlac";
    }
    this.serve(revision);
    return revision;
  }

  /** It gets the traffic at its end, where it comes to that. */
  private serve({ id, serviceId, script, createdAt, gate }: Revision) {
    const { build, rollout, end } = scripts[script] as Script;
    const at = createdAt + length([...build, ...rollout], this.speed) + (gate?.delay ?? 0);
    if (end === "running" && Number.isFinite(at)) {
      const start = rollout.findIndex(({ name }) => name === "create revision");
      this.switchTo(serviceId, id, at, length(rollout.slice(start), this.speed));
    }
  }

  /** It takes `milliseconds` from its start to the traffic; where two versions may not run at once, nothing serves meanwhile. */
  private switchTo(serviceId: string, deploymentId: string, at: number, milliseconds: number) {
    this.switches.push({ at, deploymentId });
    if (this.services.get(serviceId)?.strategy === "recreate") {
      this.gaps.push({ at, deploymentId, milliseconds: Math.ceil(milliseconds) });
    }
  }

  private supersedeHeld(serviceId: string) {
    for (const { id, deploymentId } of this.operations
      .list(serviceId)
      .filter((each) => isHeld(each, this.now()))) {
      this.operations.end(id, "superseded");
      this.end(deploymentId, { at: this.now(), as: "superseded" });
    }
  }

  /** Lets one that waits for an approval go on; undefined where it does not. */
  approve(serviceId: string, deploymentId: string): Revision | undefined {
    const revision = this.awaitingApproval(serviceId, deploymentId);
    if (revision) {
      revision.gate?.approve(this.now());
      this.serve(revision);
    }
    return revision;
  }

  /** Ends one that waits for an approval; undefined where it does not. */
  reject(serviceId: string, deploymentId: string): Revision | undefined {
    const revision = this.awaitingApproval(serviceId, deploymentId);
    if (revision) {
      this.operations.end(revision.operationId, "cancelled", rejected);
      this.end(deploymentId, { at: this.now(), as: "cancelled", reason: rejected });
    }
    return revision;
  }

  private awaitingApproval(serviceId: string, deploymentId: string): Revision | undefined {
    const revision = this.of(serviceId).find(({ id }) => id === deploymentId);
    return revision && !revision.ended && revision.gate?.waitsFor(this.now()) === "approval"
      ? revision
      : undefined;
  }

  rebuild(serviceId: string): Revision {
    return this.deploy(serviceId, undefined, this.now(), hex(40), "rebuild");
  }

  /** The commit that serves once more. */
  restart(serviceId: string): Revision {
    const current = this.current(serviceId);
    const { commitSha } = this.of(serviceId).find(({ id }) => id === current) ?? {};
    return this.deploy(serviceId, "reuse", this.now(), commitSha, "restart");
  }

  /** Ends what is under way or soaks; the id of the newest operation that it ended, undefined where there was none. */
  cancel(serviceId: string): string | undefined {
    const ended = this.operations.cancel(serviceId);
    const at = this.now();
    for (const { deploymentId } of ended) {
      this.end(deploymentId, { at, as: "cancelled" });
    }
    const current = this.of(serviceId).find(({ id }) => id === this.current(serviceId));
    const soaks =
      current &&
      this.viewDeployment(current, current.id).steps.some(
        ({ name, status }) => name === "watch soak" && status === "running",
      );
    if (ended.length === 0 && soaks) {
      this.end(current.id, { at, as: "rolled_back" });
      return current.operationId;
    }
    return ended[0]?.id;
  }

  private end(deploymentId: string | null, ended: NonNullable<Revision["ended"]>) {
    const revision = this.revisions.find(({ id }) => id === deploymentId);
    if (revision) {
      revision.ended = ended;
      this.switches = this.switches.filter((change) => change.deploymentId !== deploymentId);
    }
  }

  rollBack(
    serviceId: string,
    deploymentId?: string,
  ): { operationId: string; deploymentId: string } | undefined {
    const target =
      deploymentId ?? this.deployments(serviceId).find((deployment) => deployment.rollbackable)?.id;
    if (!target) {
      return undefined;
    }
    const takes = 800 / this.speed;
    this.switchTo(serviceId, target, this.now() + takes, takes);
    return {
      operationId: this.operations.ask(serviceId, "rollback", { takes, deploymentId: target }),
      deploymentId: target,
    };
  }

  deployments(serviceId: string): Deployment[] {
    const current = this.current(serviceId);
    return this.of(serviceId).map((revision) => this.viewDeployment(revision, current));
  }

  builds(serviceId: string): Build[] {
    return this.of(serviceId)
      .filter((revision) => scripts[revision.script].build.length > 0)
      .map((revision) => viewBuild(revision, this.now(), this.speed));
  }

  /** The lines of a build's log that were written by now, and whether more will come. */
  log(buildId: string): { lines: string[]; startedAt: number; open: boolean } | undefined {
    const revision = this.revisions.find((candidate) => candidate.buildId === buildId);
    if (!revision) {
      return undefined;
    }
    const { build, log } = scripts[revision.script] as Script;
    const part = Math.min(1, (this.now() - revision.createdAt) / Math.max(1, length(build, this.speed)));
    return {
      lines: log.slice(0, Math.floor(part * log.length)),
      startedAt: revision.createdAt,
      open: part < 1,
    };
  }

  private of(serviceId: string) {
    return this.revisions
      .filter((revision) => revision.serviceId === serviceId)
      .sort((a, b) => b.createdAt - a.createdAt);
  }

  private current(serviceId: string): string | null {
    const ids = new Set(this.of(serviceId).map((revision) => revision.id));
    const past = this.switches.filter((change) => change.at <= this.now() && ids.has(change.deploymentId));
    return past.sort((a, b) => a.at - b.at).at(-1)?.deploymentId ?? null;
  }

  private forget() {
    for (const [id, at] of this.deleted) {
      if (at <= this.now()) {
        this.services.delete(id);
        this.deleted.delete(id);
      }
    }
  }

  private view({ organizationId: _, ...service }: StoredService): Service {
    const currentDeploymentId = this.current(service.id);
    const newest = this.of(service.id)[0];
    const state = newest ? this.viewDeployment(newest, currentDeploymentId).status : "pending";
    const first = state === "building" || state === "deploying" || state === "failed" ? state : "pending";
    return {
      ...service,
      currentDeploymentId,
      status: this.deleted.has(service.id)
        ? "deleting"
        : this.operations.isStopped(service.id)
          ? "stopped"
          : currentDeploymentId
            ? "running"
            : first,
    } as Service;
  }

  private viewDeployment(revision: Revision, current: string | null): Deployment {
    const script = scripts[revision.script] as Script;
    const { gate } = revision;
    const now = revision.ended?.at ?? this.now();
    const build = progress(script.build, revision.createdAt, now, this.speed);
    const rollout = progress(script.rollout, build.endedAt + (gate?.delay ?? 0), now, this.speed);
    const served = script.end === "running";
    const status = !build.done
      ? "building"
      : gate?.waitsFor(now)
        ? "pending"
        : !rollout.done
          ? "deploying"
          : !served
            ? script.end
            : current === revision.id
              ? "running"
              : "retired";
    const over = build.done && rollout.done;
    return {
      id: revision.id,
      serviceId: revision.serviceId,
      status: revision.ended?.as ?? status,
      buildId: script.build.length > 0 ? revision.buildId : null,
      imageDigest: build.done && script.rollout.length > 0 ? digestOf(revision.commitSha) : null,
      commitSha: build.steps.length > 1 || over ? revision.commitSha : null,
      steps: served
        ? [...rollout.steps, ...progress(soak, rollout.endedAt, now, this.speed).steps]
        : rollout.steps,
      reason: revision.ended?.reason ?? (over ? (script.reason ?? null) : null),
      approvedAt: gate?.approvedAt ? new Date(gate.approvedAt).toISOString() : null,
      release: this.releases.get(revision.id)?.run ?? null,
      gapMs: this.gapOf(revision, now),
      createdAt: new Date(revision.createdAt).toISOString(),
      startedAt: script.end === "superseded" ? null : new Date(revision.createdAt).toISOString(),
      finishedAt: revision.ended
        ? new Date(revision.ended.at).toISOString()
        : over
          ? this.endOf(revision, served ? null : rollout.endedAt)
          : null,
      rollbackable: !revision.ended && over && served && current !== revision.id,
    } as Deployment;
  }

  /** How long nothing served when it last took the traffic from another; null where it took it from none. */
  private gapOf({ id, serviceId }: Revision, now: number): number | null {
    const others = new Set(this.of(serviceId).map((revision) => revision.id));
    others.delete(id);
    const gap = this.gaps.findLast(({ at, deploymentId }) => deploymentId === id && at <= now);
    return gap && this.switches.some(({ at, deploymentId }) => at < gap.at && others.has(deploymentId))
      ? gap.milliseconds
      : null;
  }

  /** When it failed, or when another took the traffic from it; null while it serves. */
  private endOf(revision: Revision, failedAt: number | null): string | null {
    const changes = this.switches.filter((change) => change.at <= this.now()).sort((a, b) => a.at - b.at);
    const got = changes.findLastIndex((change) => change.deploymentId === revision.id);
    const end = failedAt ?? changes[got + 1]?.at;
    return end === undefined ? null : new Date(end).toISOString();
  }
}
