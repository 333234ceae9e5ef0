import type { PathParams } from "msw";
import { type Permission, refusal } from "../src/access/permission";
import type { TokenLimits } from "../src/api/access-types";
import { notFound, problem } from "./answers";
import type { Database } from "./db";
import { newId } from "./ids";
import type { Caller } from "./people";

export interface MockSession {
  open: boolean;
  /** An e-mail address, perhaps with the scope of a token behind a bar: `viewer@example.com|read`. */
  who?: string;
}

export interface Context {
  request: Request;
  params: PathParams;
  caller: Caller;
  organizationId: string;
}

type Answer = (context: Context) => Response | Promise<Response>;

export const cookieName = "berth_session";

/** Who a request is from, and what they may: the mock's side of docs/ACCESS.md. */
export class Guard {
  private readonly db: Database;
  private readonly session: MockSession | undefined;

  constructor(db: Database, session: MockSession | undefined) {
    this.db = db;
    this.session = session;
  }

  /** Begins a session; the answer's cookie. */
  open(who: string) {
    const [email = ""] = who.split("|");
    const person = this.db.people.person(email);
    if (person) {
      person.recent = true;
    }
    if (this.session) {
      Object.assign(this.session, { open: true, who });
    }
    return `${cookieName}=${encodeURIComponent(who)}; HttpOnly; SameSite=Strict; Path=/`;
  }

  close() {
    if (this.session) {
      this.session.open = false;
    }
    return `${cookieName}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`;
  }

  /** Refuses what has no session, as the API does. */
  signedIn(answer: Answer) {
    return async ({ request, params }: { request: Request; params: PathParams }) => {
      const caller = this.caller(request, params);
      if (!caller) {
        return problem(401, "unauthenticated", "You are signed out", "Sign in to go on.");
      }
      if (caller === "astray") {
        return notFound();
      }
      if (request.method !== "GET" && request.headers.get("x-berth-request") !== "console") {
        return problem(403, "forged-request", "The request was refused");
      }
      if (this.lacksSecondFactor(caller, new URL(request.url).pathname)) {
        return problem(
          403,
          "second-factor-required",
          "A second factor must be set up first",
          "Everybody here needs a second factor. Set yours up first: POST /api/me/totp.",
        );
      }
      return answer({ request, params, caller, organizationId: caller.organization?.id ?? "" });
    };
  }

  /** Refuses what the caller's role or token does not allow; what is not the caller's to see is not there. */
  may(permission: Permission, answer: Answer) {
    return this.signedIn((context) => {
      const { caller, params } = context;
      if (permission !== "inPerson" && !caller.organization) {
        return params.organizationId
          ? notFound()
          : problem(400, "invalid-input", "Which organisation?", "Name one in X-Berth-Org.");
      }
      const serviceId = params.serviceId ?? params.id;
      const reason = refusal(
        this.db.people.me(caller),
        permission,
        serviceId ? String(serviceId) : undefined,
      );
      return reason ? problem(403, "forbidden", "Not allowed", reason) : answer(context);
    });
  }

  /** Refuses what decides who gets in, of whoever signed in a while ago. */
  recent(answer: Answer): Answer {
    return (context) =>
      context.caller.person.recent
        ? answer(context)
        : problem(
            403,
            "sign-in-again",
            "Sign in again first",
            "This needs a sign-in of the last 10 minutes. Sign in again, then send it again.",
          );
  }

  private lacksSecondFactor({ person, token }: Caller, path: string): boolean {
    return (
      this.db.people.secondFactorRequired &&
      !token &&
      !person.totp &&
      !/^\/api\/me(\/totp(\/confirm)?)?$/.test(path)
    );
  }

  /** `astray`: somebody who names an organisation that is none of theirs. */
  private caller(request: Request, params: PathParams): Caller | "astray" | undefined {
    const [email = "", scope] = this.who(request)?.split("|") ?? [];
    const person = this.db.people.person(email);
    if (!person) {
      return undefined;
    }
    const own = this.db.people.memberships(person);
    const wanted = params.organizationId ?? (scope ? undefined : request.headers.get("x-berth-org"));
    const organization = wanted
      ? own.find(({ id, slug }) => id === wanted || slug === wanted)
      : own.length === 1 || scope
        ? own[0]
        : undefined;
    if (wanted && !organization) {
      return "astray";
    }
    const token = scope ? { id: newId(), scope: scope as TokenLimits["scope"], serviceId: null } : null;
    return {
      person,
      organization: organization ?? null,
      token,
    };
  }

  private who(request: Request): string | undefined {
    if (this.session) {
      return this.session.open ? (this.session.who ?? "captain@example.com") : undefined;
    }
    const value = new RegExp(`${cookieName}=([^;]+)`).exec(request.headers.get("cookie") ?? "")?.[1];
    return value && decodeURIComponent(value);
  }
}
