import { HttpResponse, http } from "msw";
import { done, invalid, passwordErrors, problem } from "./answers";
import type { Database } from "./db";
import type { Guard } from "./guard";
import { everybodysPassword } from "./people";

const opened = (cookie: string) => new HttpResponse(null, { status: 204, headers: { "Set-Cookie": cookie } });

const accepted = () => new HttpResponse(null, { status: 202 });

const refused = (detail: string) => problem(401, "bad-credentials", "Sign-in was refused", detail);

const usedLink = () =>
  problem(404, "not-found", "This link does not work", "It was used before, or it is too old.");

type Credentials = { token: string } | { email: string; password: string; code?: string };

interface Newcomer {
  link: string;
  displayName: string;
  email?: string;
  password: string;
  organizationName?: string;
}

/** The ways into the mock. A link that contains `used` does not work. */
export function signInHandlers({ people }: Database, guard: Guard) {
  const signIn = (credentials: Credentials) => {
    if ("token" in credentials) {
      if (!credentials.token.startsWith("berth_")) {
        return refused("This token is not known, or it has expired.");
      }
      const viewer = credentials.token.includes("viewer");
      return opened(guard.open(viewer ? "viewer@example.com|read" : "captain@example.com|admin"));
    }
    const { email, password, code } = credentials;
    const person = people.person(email);
    if (!person?.password || person.password !== password) {
      return refused("The e-mail address or the password is wrong.");
    }
    if (person.totp && code === undefined) {
      return problem(401, "code-required", "A code is needed", "Enter the code of your authenticator app.");
    }
    if (person.totp && !people.takesCode(person, code ?? "")) {
      return refused("This code is wrong, or it was used before.");
    }
    return opened(guard.open(person.email));
  };

  const join = ({ link, displayName, email, password, organizationName }: Newcomer) => {
    if (link.includes("used")) {
      return usedLink();
    }
    const errors = passwordErrors("#/password", password);
    if (errors.length > 0) {
      return invalid(...errors);
    }
    const person = people.addPerson(displayName, email ?? "newcomer@example.com", { password });
    if (organizationName) {
      people.addOrganization(organizationName, person);
    }
    return opened(guard.open(person.email));
  };

  return [
    http.get("*/api/sign-in/options", () =>
      HttpResponse.json({ signUp: "open", mail: true, oidcName: "Harbour ID" }),
    ),
    http.post("*/api/session", async ({ request }) => signIn((await request.json()) as Credentials)),
    // The issuer knows the mate, by one factor.
    http.get(
      "*/api/sign-in/oidc",
      () => new HttpResponse(null, { status: 302, headers: { Location: "/sign-in?with=code" } }),
    ),
    http.post("*/api/sign-in/oidc/code", async ({ request }) => {
      const { code } = (await request.json()) as { code: string };
      const mate = people.person("mate@example.com");
      return mate && people.takesCode(mate, code)
        ? opened(guard.open(mate.email))
        : problem(401, "unauthenticated", "Nobody is signed in", "The code is wrong or was used before.");
    }),
    http.delete("*/api/session", () => opened(guard.close())),
    http.post("*/api/sign-up", accepted),
    http.post("*/api/sign-up/complete", async ({ request }) => join((await request.json()) as Newcomer)),
    http.post("*/api/welcome", async ({ request }) => join((await request.json()) as Newcomer)),
    http.post("*/api/password-reset", accepted),
    http.post("*/api/password-reset/complete", async ({ request }) => {
      const { link, password } = (await request.json()) as { link: string; password: string };
      if (link.includes("used")) {
        return usedLink();
      }
      const errors = passwordErrors("#/password", password);
      return errors.length > 0 ? invalid(...errors) : done();
    }),
    http.post("*/api/invitations/accept", async ({ request }) => {
      const { link, displayName, password } = (await request.json()) as {
        link: string;
        displayName?: string;
        password?: string;
      };
      if (link.includes("used")) {
        return usedLink();
      }
      if (displayName === undefined) {
        return done();
      }
      const errors = passwordErrors("#/password", password ?? "");
      if (errors.length > 0) {
        return invalid(...errors);
      }
      const person = people.addPerson(displayName, "invited@example.com", {
        password: password ?? everybodysPassword,
      });
      const [organization] = people.organizations;
      if (organization) {
        people.seat(organization, person, "developer");
      }
      return opened(guard.open(person.email));
    }),
  ];
}
