import { HttpResponse, http, type PathParams } from "msw";
import type { FieldError } from "../src/api/problem";
import type { ServiceCreate } from "../src/api/types";
import type { Database } from "./db";
import { slugOf } from "./db";

export interface HandlerOptions {
  /** Where no cookies are kept (unit tests), the session lives here. */
  session?: { open: boolean };
  /** Milliseconds between two looks at a growing log. */
  logInterval?: number;
}

const cookie = "berth_session";

function problem(status: number, slug: string, title: string, detail?: string, errors?: FieldError[]) {
  return HttpResponse.json(
    {
      type: `/problems/${slug}`,
      title,
      status,
      ...(detail ? { detail } : {}),
      ...(errors ? { errors } : {}),
    },
    { status, headers: { "Content-Type": "application/problem+json" } },
  );
}

const notFound = () => problem(404, "not-found", "There is nothing here", "Nothing with this id exists.");

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
  const signedIn = (request: Request) =>
    session ? session.open : (request.headers.get("cookie") ?? "").includes(`${cookie}=open`);

  /** Refuses what has no session, as the API does. */
  const guarded =
    (answer: (context: { request: Request; params: PathParams }) => Response | Promise<Response>) =>
    async ({ request, params }: { request: Request; params: PathParams }) => {
      if (!signedIn(request)) {
        return problem(401, "unauthenticated", "You are signed out", "Sign in to go on.");
      }
      if (request.method !== "GET" && request.headers.get("x-berth-request") !== "console") {
        return problem(403, "forged-request", "The request was refused");
      }
      return answer({ request, params });
    };

  const page = <T extends { id: string }>(request: Request, items: T[]) => {
    const url = new URL(request.url);
    const limit = Number(url.searchParams.get("limit") ?? 50);
    const cursor = url.searchParams.get("cursor");
    const start = cursor ? items.findIndex((item) => item.id === cursor) + 1 : 0;
    const slice = items.slice(start, start + limit);
    const more = start + limit < items.length;
    return HttpResponse.json({ items: slice, nextCursor: more ? (slice.at(-1)?.id ?? null) : null });
  };

  const accepted = (deploymentId: string) => {
    const operationId = crypto.randomUUID();
    return HttpResponse.json(
      { operationId, deploymentId },
      { status: 202, headers: { Location: `/api/containers/operations/${operationId}` } },
    );
  };

  const id = (params: PathParams, name = "id") => String(params[name]);
  const base = "*/api/containers/services";

  return [
    http.post("*/api/session", async ({ request }) => {
      const { token } = (await request.json()) as { token: string };
      if (!token.startsWith("berth_")) {
        return problem(
          401,
          "bad-token",
          "The token was refused",
          "This token is not known, or it has expired.",
        );
      }
      if (session) {
        session.open = true;
      }
      return new HttpResponse(null, {
        status: 204,
        headers: { "Set-Cookie": `${cookie}=open; HttpOnly; SameSite=Strict; Path=/` },
      });
    }),
    http.delete("*/api/session", () => {
      if (session) {
        session.open = false;
      }
      return new HttpResponse(null, {
        status: 204,
        headers: { "Set-Cookie": `${cookie}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0` },
      });
    }),
    http.get(
      "*/api/me",
      guarded(() => HttpResponse.json(db.me)),
    ),
    http.get(
      base,
      guarded(({ request }) => {
        const query = new URL(request.url).searchParams;
        const search = (query.get("search") ?? "").toLowerCase();
        const status = query.get("status");
        return page(
          request,
          db
            .list()
            .filter((service) => `${service.name} ${service.slug}`.toLowerCase().includes(search))
            .filter((service) => !status || service.status === status),
        );
      }),
    ),
    http.post(
      base,
      guarded(async ({ request }) => {
        const body = (await request.json()) as ServiceCreate;
        const errors = refuse(body, db, true);
        if (errors.length > 0) {
          return problem(400, "validation", "The request was refused", "Some fields are not valid.", errors);
        }
        const service = db.create(body);
        return HttpResponse.json(service, {
          status: 201,
          headers: { Location: `/api/containers/services/${service.id}` },
        });
      }),
    ),
    http.get(
      `${base}/:id`,
      guarded(({ params }) => {
        const service = db.find(id(params));
        return service ? HttpResponse.json(service) : notFound();
      }),
    ),
    http.patch(
      `${base}/:id`,
      guarded(async ({ request, params }) => {
        const body = (await request.json()) as Partial<ServiceCreate>;
        const errors = refuse(body, db, false);
        if (errors.length > 0) {
          return problem(400, "validation", "The request was refused", "Some fields are not valid.", errors);
        }
        const present = db.find(id(params));
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
        const service = db.update(id(params), body);
        return service ? HttpResponse.json(service) : notFound();
      }),
    ),
    http.delete(
      `${base}/:id`,
      guarded(({ params }) =>
        db.find(id(params))
          ? HttpResponse.json({ operationId: db.remove(id(params)) }, { status: 202 })
          : notFound(),
      ),
    ),
    http.post(
      `${base}/:id/deploy`,
      guarded(({ params }) => (db.find(id(params)) ? accepted(db.deploy(id(params)).id) : notFound())),
    ),
    http.post(
      `${base}/:id/rebuild`,
      guarded(({ params }) => (db.find(id(params)) ? accepted(db.deploy(id(params)).id) : notFound())),
    ),
    http.post(
      `${base}/:id/rollback`,
      guarded(async ({ request, params }) => {
        const { deploymentId } = (await request.json()) as { deploymentId?: string };
        const target = db.rollBack(id(params), deploymentId);
        return target
          ? accepted(target)
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
      guarded(({ request, params }) => page(request, db.deployments(id(params)))),
    ),
    http.get(
      `${base}/:id/deployments/:deploymentId`,
      guarded(({ params }) => {
        const found = db.deployments(id(params)).find((each) => each.id === id(params, "deploymentId"));
        return found ? HttpResponse.json(found) : notFound();
      }),
    ),
    http.get(
      `${base}/:id/builds`,
      guarded(({ request, params }) => page(request, db.builds(id(params)))),
    ),
    http.get(
      `${base}/:id/builds/:buildId`,
      guarded(({ params }) => {
        const found = db.builds(id(params)).find((each) => each.id === id(params, "buildId"));
        return found ? HttpResponse.json(found) : notFound();
      }),
    ),
    http.get(
      `${base}/:id/builds/:buildId/log`,
      guarded(({ params }) => {
        const log = db.log(id(params, "buildId"));
        return log ? HttpResponse.text(log.lines.map((line) => `${line}\n`).join("")) : notFound();
      }),
    ),
    http.get(
      `${base}/:id/builds/:buildId/log/stream`,
      guarded(({ request, params }) => {
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
