import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, expect, test } from "vitest";
import { recoveryCodes } from "../mock/account-handlers";
import { everybodysCode, everybodysPassword, type Person } from "../mock/people";
import { chooseOrganization } from "../src/access/chosen-organization";
import { confirm, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

afterEach(() => chooseOrganization(undefined));

/** A database where somebody is not quite as the mock has them. */
function where(email: string, changes: Partial<Person>) {
  const db = fastDatabase();
  Object.assign(db.people.person(email) ?? {}, changes);
  return db;
}

const again = () => screen.findByRole("form", { name: "Sign in again" });

test("Ending sessions asks whoever signed in a while ago for the password, and then ends them", async () => {
  const db = where("captain@example.com", { recent: false });
  const { user } = openConsole({ server, db, at: "/account/sessions" });
  await screen.findByRole("table", { name: "Sessions" });
  await user.click(screen.getByRole("button", { name: "End all others" }));
  await confirm(user, "End them");
  const form = within(await again());
  expect(screen.getByRole("dialog")).toHaveAccessibleName("Is it still you?");
  await waitFor(() => expect(form.getByLabelText("Password")).toHaveFocus());
  await fill(user, form.getByLabelText("Password"), "wrong");
  await user.click(form.getByRole("button", { name: "Sign in again" }));
  expect(await form.findByRole("alert")).toHaveTextContent("The e-mail address or the password is wrong.");
  expect(db.people.sessions).toHaveLength(3);
  await fill(user, form.getByLabelText("Password"), everybodysPassword);
  await user.click(form.getByRole("button", { name: "Sign in again" }));
  expect(await screen.findByText("All other sessions ended")).toBeVisible();
  expect(db.people.sessions).toHaveLength(1);
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
});

test("Whoever does not sign in again is back at the question, which says what failed after all", async () => {
  const db = where("captain@example.com", { recent: false });
  const { user } = openConsole({ server, db, at: "/account/sessions" });
  await user.click(
    (await screen.findAllByRole("button", { name: /^End the session of Firefox/ }))[0] as Element,
  );
  await confirm(user, "End session");
  await user.click(within(await again()).getByRole("button", { name: "Cancel" }));
  const question = await screen.findByRole("dialog", { name: "End this session?" });
  const end = within(question).getByRole("button", { name: "End session" });
  await waitFor(() => expect(end).toHaveFocus());
  expect(db.people.sessions).toHaveLength(3);

  const gone = db.people.sessions.splice(1, 1);
  await user.click(end);
  const form = within(await again());
  await fill(user, form.getByLabelText("Password"), everybodysPassword);
  await user.click(form.getByRole("button", { name: "Sign in again" }));
  expect(await screen.findByText("Nothing with this id exists.")).toBeVisible();
  expect(screen.getByRole("dialog")).toHaveAccessibleName("End this session?");
  expect(gone).toHaveLength(1);
});

test("Turning the second factor off asks for its code too, once the sign-in was a while ago", async () => {
  const db = where("mate@example.com", { recent: false });
  const { user } = openConsole({ server, db, as: "mate@example.com", at: "/account/two-step" });
  await fill(user, await screen.findByLabelText("Password"), everybodysPassword);
  await user.click(screen.getByRole("button", { name: "Turn off" }));
  const form = within(await again());
  await fill(user, form.getByLabelText("Password"), everybodysPassword);
  await user.click(form.getByRole("button", { name: "Sign in again" }));
  const code = await form.findByLabelText("One-time code");
  expect(code).toHaveFocus();
  await fill(user, code, everybodysCode);
  await user.click(form.getByRole("button", { name: "Go on" }));
  expect(await screen.findByText("Two-step sign-in is off")).toBeVisible();
  expect(db.people.person("mate@example.com")?.totp).toBe(false);
});

test("Whoever has no password is led to the issuer, out of the session that is too old", async () => {
  const db = where("captain@example.com", { recent: false, password: "" });
  const { user } = openConsole({ server, db, at: "/account/password" });
  server.use(
    http.delete(
      "*/api/session",
      () => HttpResponse.json({ type: "/problems/x", title: "Out of order", status: 503 }, { status: 503 }),
      { once: true },
    ),
  );
  await fill(user, await screen.findByLabelText("New password"), "several words apart");
  await user.click(screen.getByRole("button", { name: "Change password" }));
  const lead = await screen.findByRole("button", { name: "Sign out" });
  expect(screen.queryByRole("form", { name: "Sign in again" })).not.toBeInTheDocument();
  await user.click(lead);
  expect(await within(screen.getByRole("dialog")).findByRole("alert")).toHaveTextContent("Out of order");
  await user.click(screen.getByRole("button", { name: "Sign out" }));
  expect(await screen.findByRole("link", { name: "Sign in with Harbour ID" })).toHaveAttribute(
    "href",
    "/api/sign-in/oidc",
  );
});

test("A password that is easy to guess is refused at its field", async () => {
  const { user } = openConsole({ server, at: "/account/password" });
  await fill(user, await screen.findByLabelText("Current password"), everybodysPassword);
  const field = screen.getByLabelText("New password");
  await fill(user, field, "Password1234");
  await user.click(screen.getByRole("button", { name: "Change password" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(/^Is one of the passwords that are tried first/);
  expect(field).toHaveAttribute("aria-invalid", "true");
  expect(field).toHaveAccessibleDescription(/tried first/);
  expect(field).toHaveFocus();
});

test("Where everybody needs a second factor, whoever has none is led to it, and then goes on", async () => {
  const db = fastDatabase();
  db.people.secondFactorRequired = true;
  const { user, history } = openConsole({ server, db, at: "/services" });
  expect(await screen.findByText("Everybody here needs two-step sign-in")).toBeVisible();
  expect(history.location.pathname).toBe("/account/two-step");
  await fill(user, screen.getByLabelText("Password"), everybodysPassword);
  await user.click(screen.getByRole("button", { name: "Turn on" }));
  await fill(user, await screen.findByLabelText("Code"), everybodysCode);
  await user.click(screen.getByRole("button", { name: "Confirm" }));
  expect(await screen.findByRole("region", { name: "The recovery codes" })).toHaveTextContent(
    recoveryCodes[9] as string,
  );
  expect(screen.queryByText("Everybody here needs two-step sign-in")).not.toBeInTheDocument();
  await user.click(screen.getByRole("link", { name: "Go on to your services" }));
  expect(await screen.findByRole("button", { name: /Organisation Northwind/ })).toBeVisible();
  expect(history.location.pathname).toBe("/services");
});
