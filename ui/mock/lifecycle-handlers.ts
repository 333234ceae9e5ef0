import { HttpResponse, http } from "msw";
import { type LifecycleAction, lifecycleRefusal, standingOf } from "../src/access/lifecycle";
import type { Service } from "../src/api/types";
import { notFound, page, problem, whole } from "./answers";
import type { Database } from "./db";
import type { Context, Guard } from "./guard";
import { quotaOf, shortagesOf } from "./quota";
import { templates } from "./templates";

const base = "*/api/containers/services/:id";

export const accepted = (operationId: string, deploymentId: string | null = null) =>
  HttpResponse.json(
    { operationId, deploymentId },
    { status: 202, headers: { Location: `/api/containers/operations/${operationId}` } },
  );

/** What may be asked of a service, by where it stands. */
export function lifecycleHandlers(db: Database, guard: Guard) {
  const ask = (action: LifecycleAction, answer: (service: Service, context: Context) => unknown) =>
    http.post(
      `${base}/${action}`,
      guard.may("deploy", async (context) => {
        const service = db.find(String(context.params.id), context.organizationId);
        if (!service) {
          return notFound();
        }
        const reason = lifecycleRefusal(action, standingOf(service, db.operations.list(service.id)));
        // A start of what runs, and a stop of what is stopped, do nothing.
        return reason && action !== "start" && action !== "stop"
          ? problem(409, "conflict", "The service cannot do this now", reason)
          : ((await answer(service, context)) as Response);
      }),
    );

  return [
    ask("start", ({ id }) => {
      if (db.deployments(id).length === 0) {
        const { operationId, id: deploymentId } = db.deploy(id);
        return accepted(operationId, deploymentId);
      }
      return accepted(db.operations.ask(id, "start", { takes: 2000 / db.speed }));
    }),
    ask("stop", ({ id }) => accepted(db.operations.ask(id, "stop", { takes: 2000 / db.speed }))),
    ask("restart", ({ id }) => {
      const revision = db.restart(id);
      return accepted(revision.operationId, revision.id);
    }),
    ask("scale", async (service, { request, organizationId }) => {
      const { replicas } = (await request.json()) as { replicas: number };
      const shortages = shortagesOf(db, organizationId, service, replicas - service.replicas);
      if (shortages.length > 0) {
        return HttpResponse.json(
          {
            type: "/problems/quota-exceeded",
            title: "The organisation may have no more",
            status: 507,
            detail: "The organisation's quota has no room for this.",
            errors: [],
            shortages,
          },
          { status: 507, headers: { "Content-Type": "application/problem+json" } },
        );
      }
      db.scale(service.id, replicas);
      return accepted(db.operations.ask(service.id, "scale", { takes: 2000 / db.speed, replicas }));
    }),
    http.post(
      `${base}/cancel`,
      guard.may("deploy", ({ params }) => {
        const operationId = db.cancel(String(params.id));
        return operationId
          ? accepted(operationId)
          : problem(409, "conflict", "There is nothing to cancel", "Nothing is under way.");
      }),
    ),
    http.get(
      `${base}/operations`,
      guard.may("read", ({ request, params }) => page(request, db.operations.list(String(params.id)))),
    ),
    http.get(
      "*/api/orgs/:organizationId/quota",
      guard.may("read", ({ organizationId }) => HttpResponse.json(quotaOf(db, organizationId))),
    ),
    http.get(
      "*/api/templates",
      guard.signedIn(() => whole(templates)),
    ),
  ];
}
