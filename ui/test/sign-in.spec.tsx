import { cleanup, screen, waitFor } from "@testing-library/react";
import { delay, http } from "msw";
import { afterEach, expect, test } from "vitest";
import { recoveryCodes } from "../mock/account-handlers";
import { done, problem } from "../mock/answers";
import { everybodysCode, everybodysPassword } from "../mock/people";
import { chooseOrganization, chosenOrganization } from "../src/access/chosen-organization";
import { addService, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

afterEach(() => {
  chooseOrganization(undefined);
  sessionStorage.clear();
});

const token = () => screen.findByLabelText("API token");

type User = ReturnType<typeof openConsole>["user"];

async function signIn(user: User, email: string, password = everybodysPassword) {
  await fill(user, await screen.findByLabelText("E-mail"), email);
  await fill(user, screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

test("Somebody without a session signs in and lands where the link led", async () => {
  const db = fastDatabase();
  const service = addService(db);
  const at = `/services/${service.id}/settings`;
  const { user, history } = openConsole({ server, db, at, signedIn: false });
  await signIn(user, "dev@example.com");
  expect(await screen.findByRole("form", { name: "Settings" })).toBeVisible();
  expect(history.location.pathname).toBe(at);
});

test("Whoever has a second factor is asked for its code, and a wrong one is refused", async () => {
  const { user } = openConsole({ server, signedIn: false });
  await signIn(user, "mate@example.com");
  await fill(user, await screen.findByLabelText("One-time code"), "000000");
  await user.click(screen.getByRole("button", { name: "Go on" }));
  expect(await screen.findByText(/This code is wrong/)).toBeVisible();
  await fill(user, screen.getByLabelText("One-time code"), everybodysCode);
  await user.click(screen.getByRole("button", { name: "Go on" }));
  expect(await screen.findByRole("button", { name: "Account of mate@example.com" })).toBeVisible();
});

test("A recovery code of six groups does in place of the app's, and counts once", async () => {
  const db = fastDatabase();
  const [first = ""] = recoveryCodes;
  expect(first).toMatch(/^(\w{4}-){5}\w{4}$/);
  const mate = db.people.person("mate@example.com");
  Object.assign(mate ?? {}, { recoveryCodes: [...recoveryCodes] });
  const { user } = openConsole({ server, db, signedIn: false });
  await signIn(user, "mate@example.com");
  const field = await screen.findByLabelText("One-time code");
  expect(field).toHaveAccessibleDescription(/24 characters in six groups/);
  await fill(user, field, ` ${first} `);
  await user.click(screen.getByRole("button", { name: "Go on" }));
  expect(await screen.findByRole("button", { name: "Account of mate@example.com" })).toBeVisible();
  expect(mate?.recoveryCodes).not.toContain(first);
});

test("Whom the outside issuer let through by one factor adds the code, and lands where the link led", async () => {
  const at = "/sign-in?with=code&next=%2Faccount";
  const { user, history } = openConsole({ server, at, signedIn: false });
  const field = await screen.findByLabelText("One-time code");
  expect(field).toHaveFocus();
  expect(screen.queryByLabelText("E-mail")).not.toBeInTheDocument();
  expect(await screen.findByRole("link", { name: "Begin again at Harbour ID" })).toHaveAttribute(
    "href",
    "/api/sign-in/oidc",
  );
  await fill(user, field, "000000");
  await user.click(screen.getByRole("button", { name: "Go on" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The code is wrong or was used before.");
  await fill(user, field, everybodysCode);
  await user.click(screen.getByRole("button", { name: "Go on" }));
  expect(await screen.findByRole("button", { name: "Account of mate@example.com" })).toBeVisible();
  expect(history.location.pathname).toBe("/account");
});

test("Whoever leaves for the outside issuer comes back to where the link led, once", async () => {
  const { user } = openConsole({ server, at: "/sign-in?next=%2Faccount%2Fsessions", signedIn: false });
  await user.click(await screen.findByRole("link", { name: "Sign in with Harbour ID" }));
  cleanup();
  // The API leads back to the first page, with a session.
  const { history } = openConsole({ server, at: "/" });
  await waitFor(() => expect(history.location.pathname).toBe("/account/sessions"));
  await waitFor(() => expect(sessionStorage.getItem("berth-next")).toBeNull());
  history.push("/");
  await waitFor(() => expect(history.location.pathname).toBe("/services"));
});

test("Whoever begins at the first page, signed out, comes back from the outside issuer to the services", async () => {
  const { user } = openConsole({ server, at: "/", signedIn: false });
  await user.click(await screen.findByRole("link", { name: "Sign in with Harbour ID" }));
  cleanup();
  const { history } = openConsole({ server, at: "/" });
  await waitFor(() => expect(history.location.pathname).toBe("/services"));
});

test("Whoever comes back from the outside issuer without having got in goes on to where the link led", async () => {
  const first = openConsole({ server, at: "/sign-in?next=%2Faccount%2Fsessions", signedIn: false });
  await first.user.click(await screen.findByRole("link", { name: "Sign in with Harbour ID" }));
  cleanup();
  const { user, history } = openConsole({ server, at: "/sign-in?problem=oidc", signedIn: false });
  await signIn(user, "dev@example.com");
  await waitFor(() => expect(history.location.pathname).toBe("/account/sessions"));
  expect(sessionStorage.length).toBe(0);
});

test("Whoever signs in without having been led there begins at the services", async () => {
  const first = openConsole({ server, at: "/sign-in?next=%2Faccount%2Fsessions", signedIn: false });
  await first.user.click(await screen.findByRole("link", { name: "Sign in with Harbour ID" }));
  cleanup();
  const { user, history } = openConsole({ server, at: "/sign-in", signedIn: false });
  await signIn(user, "dev@example.com");
  await waitFor(() => expect(history.location.pathname).toBe("/services"));
});

test("Whom the outside issuer did not let in is told so", async () => {
  openConsole({ server, at: "/sign-in?problem=oidc", signedIn: false });
  await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("Harbour ID did not let you in"));
});

test("A wrong password is refused with the API's own sentence", async () => {
  const { user } = openConsole({ server, signedIn: false });
  await signIn(user, "dev@example.com", "wrong");
  expect(await screen.findByText("The e-mail address or the password is wrong.")).toBeVisible();
});

test("A token is a second way in", async () => {
  const { user, history } = openConsole({ server, signedIn: false });
  await user.click(await screen.findByRole("link", { name: "Sign in with an API token" }));
  await fill(user, await token(), "berth_good");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(history.location.pathname).toBe("/services"));
});

test("A refused token is said at the field", async () => {
  const { user } = openConsole({ server, at: "/sign-in?with=token", signedIn: false });
  await fill(user, await token(), "wrong");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("This token was refused");
});

test("A link cannot send a person to another site after sign-in", async () => {
  const { user, history } = openConsole({ server, at: "/sign-in?next=%2F%2Fevil.example", signedIn: false });
  await signIn(user, "dev@example.com");
  await waitFor(() => expect(history.location.pathname).toBe("/services"));
});

test("Signing out ends the session and asks to sign in again", async () => {
  const { user, history } = openConsole({ server });
  await user.click(await screen.findByRole("button", { name: /Account of/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByLabelText("E-mail")).toBeVisible();
  history.push("/services");
  await waitFor(() => expect(history.location.pathname).toBe("/sign-in"));
});

test("A sign-out that fails says so, and leaves nobody to believe it", async () => {
  const { user, history } = openConsole({ server, at: "/services" });
  await user.click(await screen.findByRole("button", { name: /Account of/ }));
  server.use(http.delete("*/api/session", () => problem(503, "unavailable", "Berth had trouble")));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByText(/You may still be signed in/)).toBeVisible();
  expect(history.location.pathname).toBe("/services");
  server.use(http.delete("*/api/session", () => done()));
  await user.click(screen.getByRole("button", { name: /Account of/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByLabelText("E-mail")).toBeVisible();
  await waitFor(() => expect(screen.queryByText(/You may still be signed in/)).not.toBeInTheDocument());
});

test("A session that ends closes its dialogs, and leaves nothing to read behind the way back", async () => {
  const db = fastDatabase();
  const service = addService(db);
  const { user, history } = openConsole({ server, db, at: "/services" });
  expect(await screen.findByRole("link", { name: "Shop" })).toBeVisible();
  history.push(`/services/${service.id}`);
  await user.click(await screen.findByRole("button", { name: "Deploy now" }));
  expect(await screen.findByRole("dialog")).toBeVisible();
  server.use(
    http.get(/api\/(me|orgs|containers)/, () => problem(401, "unauthenticated", "You are signed out")),
  );
  expect(await screen.findByLabelText("E-mail")).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  // From here on the API says nothing at all: what the way back shows could only be what was kept.
  server.use(http.get(/api\/(me|orgs|containers)/, () => delay("infinite")));
  history.back();
  await waitFor(() => expect(history.location.pathname).toBe("/services"));
  await delay(1_000);
  expect(screen.queryByText("Shop")).not.toBeInTheDocument();
});

test("An invitation makes an account and a member", async () => {
  const { user, db } = openConsole({ server, at: "/invitation?link=abc", signedIn: false });
  await fill(user, await screen.findByLabelText("Your name"), "Nils");
  await fill(user, screen.getByLabelText("Password"), "long enough for this");
  await user.click(screen.getByRole("button", { name: "Create account and join" }));
  expect(await screen.findByRole("button", { name: /Organisation Northwind/ })).toBeVisible();
  expect(db.people.members(db.home).map(({ displayName }) => displayName)).toContain("Nils");
});

test("An invitation of somebody whose organisation is gone is theirs all the same", async () => {
  chooseOrganization("019a0000-0000-7000-8000-000000000009");
  openConsole({ server, at: "/invitation?link=abc" });
  expect(await screen.findByRole("button", { name: "Join the organisation" })).toBeVisible();
  expect(screen.getByText("You are signed in as captain@example.com.")).toBeVisible();
  expect(chosenOrganization()).toBeUndefined();
});

test.each([429, 503])("Who is invited is no stranger because of an answer %d", async (status) => {
  let busy = true;
  const { user } = openConsole({ server, at: "/invitation?link=abc" });
  server.use(http.get("*/api/me", () => (busy ? problem(status, "busy", "Berth is busy") : undefined)));
  expect(await screen.findByText("Berth is busy")).toBeVisible();
  expect(screen.queryByLabelText("Your name")).not.toBeInTheDocument();
  busy = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("button", { name: "Join the organisation" })).toBeVisible();
});

test("A link that was used says so", async () => {
  const { user } = openConsole({ server, at: "/sign-up?link=used", signedIn: false });
  await fill(user, await screen.findByLabelText("Your name"), "Nils");
  await fill(user, screen.getByLabelText("Password"), "long enough for this");
  await fill(user, screen.getByLabelText("Organisation"), "Skerry");
  await user.click(screen.getByRole("button", { name: "Create account" }));
  expect(await screen.findByText(/It was used before/)).toBeVisible();
});

test("The colour scheme that was chosen is remembered", async () => {
  const { user } = openConsole({ server, signedIn: false });
  await user.click(await screen.findByRole("button", { name: "Switch to dark mode" }));
  expect(localStorage.getItem("berth-color-scheme")).toBe("dark");
  expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "dark");
});
