import { HttpResponse, http } from "msw";
import { done, invalid, notFound, problem, whole } from "./answers";
import type { Database } from "./db";
import type { Guard } from "./guard";
import { everybodysCode } from "./people";

const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** What people do with their own account. */
export function accountHandlers({ people }: Database, guard: Guard) {
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
      guard.may("inPerson", async ({ request, caller }) => {
        const body = (await request.json()) as { currentPassword: string; newPassword: string };
        if (body.currentPassword !== caller.person.password) {
          return invalid({ pointer: "/currentPassword", detail: "is not your password" });
        }
        if (body.newPassword.length < 12) {
          return invalid({ pointer: "/newPassword", detail: "Must have at least 12 characters." });
        }
        caller.person.password = body.newPassword;
        people.sessions = people.sessions.filter(({ current }) => current);
        return done();
      }),
    ),
    http.get(
      "*/api/me/sessions",
      guard.may("inPerson", () => whole(people.sessions)),
    ),
    http.delete(
      "*/api/me/sessions",
      guard.may("inPerson", () => {
        people.sessions = people.sessions.filter(({ current }) => current);
        return done();
      }),
    ),
    http.delete(
      "*/api/me/sessions/:sessionId",
      guard.may("inPerson", ({ params }) => {
        if (!people.sessions.some(({ id }) => id === params.sessionId)) {
          return notFound();
        }
        people.sessions = people.sessions.filter(({ id }) => id !== params.sessionId);
        return done();
      }),
    ),
    http.post(
      "*/api/me/totp",
      guard.may("inPerson", async ({ request, caller }) => {
        const { password } = (await request.json()) as { password?: string };
        if (password !== caller.person.password) {
          return invalid({ pointer: "/password", detail: "is not your password" });
        }
        return caller.person.totp
          ? problem(
              409,
              "conflict",
              "A second factor is on",
              "A second factor is on already; remove it first.",
            )
          : HttpResponse.json({
              secret,
              uri: `otpauth://totp/Berth:${caller.person.email}?secret=${secret}&issuer=Berth`,
            });
      }),
    ),
    http.post(
      "*/api/me/totp/confirm",
      guard.may("inPerson", async ({ request, caller }) => {
        const { code } = (await request.json()) as { code: string };
        if (code !== everybodysCode) {
          return invalid({ pointer: "/code", detail: "This code is wrong. Check the clock of your device." });
        }
        caller.person.totp = true;
        return HttpResponse.json({ recoveryCodes });
      }),
    ),
    http.post(
      "*/api/me/totp/remove",
      guard.may("inPerson", async ({ request, caller }) => {
        const { password } = (await request.json()) as { password: string };
        if (password !== caller.person.password) {
          return invalid({ pointer: "/password", detail: "is not your password" });
        }
        caller.person.totp = false;
        return done();
      }),
    ),
  ];
}

const recoveryCodes = [
  "4kq9-x2mt-7bwe",
  "n8dz-3hvc-p6ra",
  "w5jy-q7sf-2ktm",
  "c9xe-8ugb-4nhd",
  "r3pv-m6az-9yqk",
  "t7fw-2cds-5xje",
  "h4bn-k8ru-3vgm",
  "y6ta-9epq-8zwc",
  "d2gk-5mxh-7rsf",
  "p8vc-4jwb-6tnq",
];
