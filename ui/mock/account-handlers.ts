import { HttpResponse, http } from "msw";
import { done, invalid, notFound, passwordErrors, problem, whole } from "./answers";
import type { Database } from "./db";
import type { Context, Guard } from "./guard";
import { everybodysCode } from "./people";

const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** What people do with their own account. */
export function accountHandlers({ people }: Database, guard: Guard) {
  /** The password, of whoever has one; a recent sign-in, of whoever has none. */
  const withPassword = (
    context: Context,
    pointer: string,
    password: string | undefined,
    answer: (context: Context) => Response | Promise<Response>,
  ) => {
    const own = context.caller.person.password;
    if (own === "") {
      return guard.recent(answer)(context);
    }
    return password === own ? answer(context) : invalid({ pointer, detail: "is not your password" });
  };

  return [
    http.get(
      "*/api/me",
      guard.signedIn(({ caller }) => HttpResponse.json(people.me(caller))),
    ),
    http.patch(
      "*/api/me",
      guard.may("inPerson", async ({ request, caller }) => {
        const { displayName } = (await request.json()) as { displayName: string };
        caller.person.name = displayName;
        return HttpResponse.json(people.me(caller));
      }),
    ),
    http.put(
      "*/api/me/password",
      guard.may("inPerson", async (context) => {
        const { request, caller } = context;
        const { currentPassword, newPassword } = (await request.json()) as {
          currentPassword?: string;
          newPassword: string;
        };
        const errors = passwordErrors("#/newPassword", newPassword);
        if (errors.length > 0) {
          return invalid(...errors);
        }
        return withPassword(context, "#/currentPassword", currentPassword, () => {
          caller.person.password = newPassword;
          people.sessions = people.sessions.filter(({ current }) => current);
          return done();
        });
      }),
    ),
    http.get(
      "*/api/me/sessions",
      guard.may("inPerson", () => whole(people.sessions)),
    ),
    http.delete(
      "*/api/me/sessions",
      guard.may(
        "inPerson",
        guard.recent(() => {
          people.sessions = people.sessions.filter(({ current }) => current);
          return done();
        }),
      ),
    ),
    http.delete(
      "*/api/me/sessions/:sessionId",
      guard.may(
        "inPerson",
        guard.recent(({ params }) => {
          if (!people.sessions.some(({ id }) => id === params.sessionId)) {
            return notFound();
          }
          people.sessions = people.sessions.filter(({ id }) => id !== params.sessionId);
          return done();
        }),
      ),
    ),
    http.post(
      "*/api/me/totp",
      guard.may("inPerson", async (context) => {
        const { person } = context.caller;
        const { password } = (await context.request.json()) as { password?: string };
        return withPassword(context, "#/password", password, () =>
          person.totp
            ? problem(
                409,
                "conflict",
                "A second factor is on",
                "A second factor is on already; remove it first.",
              )
            : HttpResponse.json({
                secret,
                uri: `otpauth://totp/Berth:${person.email}?secret=${secret}&issuer=Berth`,
              }),
        );
      }),
    ),
    http.post(
      "*/api/me/totp/confirm",
      guard.may("inPerson", async ({ request, caller }) => {
        const { code } = (await request.json()) as { code: string };
        if (code !== everybodysCode) {
          return invalid({ pointer: "#/code", detail: "is not the one that the app shows now" });
        }
        caller.person.totp = true;
        caller.person.recoveryCodes = [...recoveryCodes];
        return HttpResponse.json({ recoveryCodes });
      }),
    ),
    http.post(
      "*/api/me/totp/remove",
      guard.may("inPerson", async (context) => {
        const { password } = (await context.request.json()) as { password?: string };
        return withPassword(
          context,
          "#/password",
          password,
          guard.recent(({ caller }) => {
            caller.person.totp = false;
            caller.person.recoveryCodes = [];
            return done();
          }),
        );
      }),
    ),
  ];
}

export const recoveryCodes = [
  "4kq9-x2mt-7bwe-h5nz-d8rc-v3pj",
  "n8dz-3hvc-p6ra-k2wt-x9mf-q7ub",
  "w5jy-q7sf-2ktm-e4gd-r8zn-c6hp",
  "c9xe-8ugb-4nhd-t7vk-m3qy-z5ws",
  "r3pv-m6az-9yqk-f2jx-b8ce-n4tg",
  "t7fw-2cds-5xje-g9ru-k6pv-h3am",
  "h4bn-k8ru-3vgm-y2qc-w7zd-s5ft",
  "y6ta-9epq-8zwc-j3km-v5nx-g2rd",
  "d2gk-5mxh-7rsf-u8pb-c4ty-e9wq",
  "p8vc-4jwb-6tnq-z7hs-a3fg-m5kd",
];
