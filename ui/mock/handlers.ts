import { HttpResponse, http, type PathParams } from "msw";
import { refusal, toDelete } from "../src/access/permission";
import type { FieldError } from "../src/api/problem";
import type { ServiceCreate } from "../src/api/types";
import { gatesOf, openGates } from "../src/forms/gate-values";
import { accountHandlers } from "./account-handlers";
import { invalid, notFound, page, problem } from "./answers";
import type { Database } from "./db";
import { gateHandlers, gateRefusal } from "./gate-handlers";
import { Guard, type MockSession } from "./guard";
import { slugOf } from "./ids";
import { accepted, lifecycleHandlers } from "./lifecycle-handlers";
import { organizationHandlers } from "./organization-handlers";
import { signInHandlers } from "./sign-in-handlers";

export interface HandlerOptions {
  /** Where no cookies are kept (unit tests), the session lives here. */
  session?: MockSession;
  /** Milliseconds between two looks at a growing log. */
  logInterval?: number;
}

function refuse(body: Partial<ServiceCreate>, db: Database, creating: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const slug = body.slug || slugOf(body.name ?? "");
  if (creating && db.hasSlug(slug)) {
    errors.push({ pointer: "/slug", detail: "This slug is in use in your organisation." });
  }
  if (body.gitUrl !== undefined && /localhost|127\.0\.0\.1/.test(body.gitUrl)) {
    errors.push({
      pointer: "/gitUrl",
      detail: "Addresses inside the platform's own network are not allowed.",
    });
  }
  return errors;
}

export function handlers(db: Database, { session, logInterval = 120 }: HandlerOptions = {}) {
  const guard = new Guard(db, session);

  const id = (params: PathParams, name = "id") => String(params[name]);
  const base = "*/api/containers/services";

  return [
    ...signInHandlers(db, guard),
    ...accountHandlers(db, guard),
    ...organizationHandlers(db, guard),
    ...lifecycleHandlers(db, guard),
    ...gateHandlers(db, guard),
    http.get(
      base,
      guard.may("read", ({ request, organizationId }) => {
        const query = new URL(request.url).searchParams;
        const search = (query.get("search") ?? "").toLowerCase();
        const status = query.get("status");
        const template = query.get("templateId");
        return page(
          request,
          db
            .list(organizationId)
            .filter((service) => `${service.name} ${service.slug}`.toLowerCase().includes(search))
            .filter((service) => !status || service.status === status)
            .filter((service) => !template || service.templateId === template),
        );
      }),
    ),
    http.post(
      base,
      guard.may("deploy", async ({ request, organizationId, caller }) => {
        const body = (await request.json()) as ServiceCreate;
        const gated = gateRefusal(db.people.me(caller), body, openGates);
        if (gated) {
          return gated;
        }
        const errors = refuse(body, db, true);
        if (errors.length > 0) {
          return invalid(...errors);
        }
        const service = db.create(body, undefined, organizationId);
        return HttpResponse.json(service, {
          status: 201,
          headers: { Location: `/api/containers/services/${service.id}` },
        });
      }),
    ),
    http.get(
      `${base}/:id`,
      guard.may("read", ({ params, organizationId }) => {
        const service = db.find(id(params), organizationId);
        return service ? HttpResponse.json(service) : notFound();
      }),
    ),
    http.patch(
      `${base}/:id`,
      guard.may("deploy", async ({ request, params, caller }) => {
        const body = (await request.json()) as Partial<ServiceCreate>;
        const errors = refuse(body, db, false);
        if (errors.length > 0) {
          return invalid(...errors);
        }
        const present = db.find(id(params));
        const gated = present && gateRefusal(db.people.me(caller), body, gatesOf(present));
        if (gated) {
          return gated;
        }
        const wanted = request.headers.get("If-Match");
        if (present && wanted === null) {
          return problem(
            428,
            "precondition-required",
            "The request does not say what it changes",
            "Send If-Match.",
          );
        }
        if (present && wanted !== "*" && wanted !== `"${present.version}"`) {
          return problem(
            412,
            "precondition-failed",
            "It was changed meanwhile",
            "Somebody has changed it since you read it. Read it again.",
          );
        }
        if ((present?.volumeMb ?? 0) > (body.volumeMb ?? Number.POSITIVE_INFINITY)) {
          return invalid({ pointer: "#/volumeMb", detail: "must not be less than it was" });
        }
        const service = db.update(id(params), body);
        return service ? HttpResponse.json(service) : notFound();
      }),
    ),
    http.delete(
      `${base}/:id`,
      guard.may("deploy", ({ params, caller }) => {
        const service = db.find(id(params));
        if (!service) {
          return notFound();
        }
        return refusal(db.people.me(caller), toDelete(service), service.id)
          ? problem(
              403,
              "forbidden",
              "Not allowed",
              "Only admins of the organisation delete a service whose new versions they approve.",
            )
          : accepted(db.remove(service.id));
      }),
    ),
    http.post(
      `${base}/:id/deploy`,
      guard.may("deploy", ({ params }) => {
        if (!db.find(id(params))) {
          return notFound();
        }
        const revision = db.deploy(id(params));
        return accepted(revision.operationId, revision.id);
      }),
    ),
    http.post(
      `${base}/:id/rebuild`,
      guard.may("deploy", ({ params }) => {
        if (!db.find(id(params))) {
          return notFound();
        }
        const revision = db.rebuild(id(params));
        return accepted(revision.operationId, revision.id);
      }),
    ),
    http.post(
      `${base}/:id/rollback`,
      guard.may("deploy", async ({ request, params }) => {
        const { deploymentId } = (await request.json()) as { deploymentId?: string };
        const target = db.rollBack(id(params), deploymentId);
        return target
          ? accepted(target.operationId, target.deploymentId)
          : problem(
              409,
              "nothing-retained",
              "There is nothing to roll back to",
              "No earlier deployment is kept.",
            );
      }),
    ),
    http.get(
      `${base}/:id/deployments`,
      guard.may("read", ({ request, params }) => page(request, db.deployments(id(params)))),
    ),
    http.get(
      `${base}/:id/deployments/:deploymentId`,
      guard.may("read", ({ params }) => {
        const found = db.deployments(id(params)).find((each) => each.id === id(params, "deploymentId"));
        return found ? HttpResponse.json(found) : notFound();
      }),
    ),
    http.get(
      `${base}/:id/deployments/:deploymentId/release-log`,
      guard.may("read", ({ params }) =>
        HttpResponse.text(db.releases.get(id(params, "deploymentId"))?.log ?? ""),
      ),
    ),
    http.get(
      `${base}/:id/builds`,
      guard.may("read", ({ request, params }) => page(request, db.builds(id(params)))),
    ),
    http.get(
      `${base}/:id/builds/:buildId`,
      guard.may("read", ({ params }) => {
        const found = db.builds(id(params)).find((each) => each.id === id(params, "buildId"));
        return found ? HttpResponse.json(found) : notFound();
      }),
    ),
    http.get(
      `${base}/:id/builds/:buildId/log`,
      guard.may("read", ({ params }) => {
        const log = db.log(id(params, "buildId"));
        return log ? HttpResponse.text(log.lines.map((line) => `${line}\n`).join("")) : notFound();
      }),
    ),
    http.get(
      `${base}/:id/builds/:buildId/log/stream`,
      guard.may("read", ({ request, params }) => {
        const buildId = id(params, "buildId");
        const after =
          request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("after") ?? "0";
        return db.log(buildId) ? streamLog(db, buildId, Number(after), logInterval) : notFound();
      }),
    ),
  ];
}

/** Sends the lines after `after`, then those that are written meanwhile, then `end`. */
function streamLog(db: Database, buildId: string, after: number, interval: number): Response {
  const encoder = new TextEncoder();
  let timer: ReturnType<typeof setTimeout>;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let sent = after;
      const send = () => {
        const log = db.log(buildId);
        for (const text of log?.lines.slice(sent) ?? []) {
          sent += 1;
          const at = new Date((log?.startedAt ?? 0) + sent * 90).toISOString();
          const data = JSON.stringify({ line: sent, at, text });
          controller.enqueue(encoder.encode(`event: line\nid: ${sent}\ndata: ${data}\n\n`));
        }
        if (log?.open) {
          timer = setTimeout(send, interval);
        } else {
          controller.enqueue(encoder.encode("event: end\ndata: {}\n\n"));
          controller.close();
        }
      };
      send();
    },
    cancel() {
      clearTimeout(timer);
    },
  });
  return new HttpResponse(body, {
    headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store" },
  });
}
