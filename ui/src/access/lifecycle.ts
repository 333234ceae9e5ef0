import type { Deployment, Operation, Service } from "../api/types";
import { isHeld, isUnderWay } from "../util/operations";

/** Where a service stands, in the words of docs/OPERATIONS.md. */
export type Standing = "empty" | "serving" | "stopped" | "suspended" | "deleting";

export type LifecycleAction =
  | "deploy"
  | "rebuild"
  | "restart"
  | "start"
  | "stop"
  | "scale"
  | "rollback"
  | "delete";

function present(service: Pick<Service, "status" | "currentDeploymentId">): Standing {
  switch (service.status) {
    case "stopped":
    case "suspended":
    case "deleting":
      return service.status;
    case "running":
    case "degraded":
    // Where it is not known what waits, the deployment under way is taken to succeed.
    case "building":
    case "deploying":
      return "serving";
    default:
      return service.currentDeploymentId ? "serving" : "empty";
  }
}

/**
 * Where a service will stand once what waits (newest first) is through: that is what the API decides by. What is held at the gates
 * lets the others pass, and may never go on.
 */
export function standingOf(
  service: Pick<Service, "status" | "currentDeploymentId">,
  operations: Operation[] = [],
): Standing {
  return operations
    .filter((operation) => isUnderWay(operation) && !isHeld(operation))
    .reduceRight((standing, { kind }) => after(standing, kind), present(service));
}

function after(standing: Standing, kind: Operation["kind"]): Standing {
  if (standing === "deleting" || kind === "delete") {
    return "deleting";
  }
  switch (kind) {
    case "start":
      return "serving";
    case "stop":
      return standing === "serving" ? "stopped" : standing;
    case "deploy":
    case "rebuild":
      return standing === "empty" ? "serving" : standing;
    default:
      return standing;
  }
}

const leaving = "The service is being deleted.";
const unpaid = "It is suspended for an unpaid wallet. Top the wallet up.";

const refusals: Record<LifecycleAction, Partial<Record<Standing, string>>> = {
  deploy: { suspended: unpaid },
  rebuild: { suspended: unpaid },
  restart: {
    empty: "Nothing runs yet. Deploy it first.",
    stopped: "It is stopped. Start it.",
    suspended: unpaid,
  },
  start: { serving: "It runs, or is about to.", suspended: unpaid },
  stop: {
    empty: "Nothing runs.",
    stopped: "It is stopped already.",
    suspended: "It is stopped already, for an unpaid wallet.",
  },
  scale: {},
  rollback: {
    empty: "Nothing serves yet.",
    stopped: "It is stopped. Start it, then roll back.",
    suspended: unpaid,
  },
  delete: {},
};

/** Why a service that stands so cannot do this, as a sentence; undefined where it can. */
export const lifecycleRefusal = (action: LifecycleAction, standing: Standing): string | undefined =>
  standing === "deleting" ? leaving : refusals[action][standing];

/** Whether a deployment serves already and is still watched. */
export const isSoaking = (deployment: Pick<Deployment, "steps"> | undefined) =>
  deployment?.steps.some(({ name, status }) => /^watch[\s_-]?soak$/i.test(name) && status === "running") ??
  false;

/** What a cancel would end; undefined where nothing is under way. A delete is carried through. */
export function cancellable(
  operations: Operation[],
  current: Pick<Deployment, "steps"> | undefined,
): { what: "operations" | "soak"; refused?: string } | undefined {
  const open = operations.filter((operation) => isUnderWay(operation) && operation.kind !== "delete");
  if (open.length > 0) {
    return open.every(({ cancelRequestedAt }) => cancelRequestedAt)
      ? { what: "operations", refused: "It is being cancelled already." }
      : { what: "operations" };
  }
  return isSoaking(current) ? { what: "soak" } : undefined;
}
