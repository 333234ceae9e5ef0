import { screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { afterEach, expect, test } from "vitest";
import { problem } from "../mock/answers";
import { chooseOrganization, chosenOrganization } from "../src/access/chosen-organization";
import { organizationToChoose } from "../src/access/load-me";
import { addService, confirm, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

afterEach(() => chooseOrganization(undefined));

test("The organisation that was chosen before is kept while one belongs to it", () => {
  const own = [{ id: "a" }, { id: "b" }];
  expect(organizationToChoose(own, "b")).toBe("b");
  expect(organizationToChoose(own, "gone")).toBe("a");
  expect(organizationToChoose([], "gone")).toBeUndefined();
});

test("Another organisation is chosen in the header, named in each request, and shows only its own", async () => {
  const db = fastDatabase();
  addService(db, { name: "Shop" });
  const { user } = openConsole({ server, db, at: "/services" });
  const named: (string | null)[] = [];
  expect(await screen.findByRole("link", { name: "Shop" })).toBeVisible();
  server.events.on("request:start", ({ request }) => {
    named.push(request.headers.get("X-Berth-Org"));
  });
  await user.click(screen.getByRole("button", { name: /Organisation Northwind/ }));
  await user.click(await screen.findByRole("menuitem", { name: /Lighthouse Labs/ }));
  expect(await screen.findByRole("region", { name: "Your first deploy" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Shop" })).not.toBeInTheDocument();
  expect(chosenOrganization()).toBe(db.people.organizations[1]?.id);
  expect(named.at(-1)).toBe(db.people.organizations[1]?.id);
  server.events.removeAllListeners();
});

test("A choice that no longer counts is forgotten", async () => {
  chooseOrganization("019a0000-0000-7000-8000-000000000009");
  const { db } = openConsole({ server });
  expect(await screen.findByRole("button", { name: /Organisation Northwind/ })).toBeVisible();
  expect(chosenOrganization()).toBe(db.home);
});

test("An organisation that cannot be read now is not gone over to, and nothing changes", async () => {
  const db = fastDatabase();
  addService(db, { name: "Shop" });
  const { user } = openConsole({ server, db, at: "/services" });
  expect(await screen.findByRole("link", { name: "Shop" })).toBeVisible();
  server.use(
    http.get("*/api/me", () => problem(503, "unavailable", "Berth had trouble", "The database is away.")),
  );
  await user.click(screen.getByRole("button", { name: /Organisation Northwind/ }));
  await user.click(await screen.findByRole("menuitem", { name: /Lighthouse Labs/ }));
  expect(await screen.findByText("You are still in the same organisation")).toBeVisible();
  expect(screen.getByText("The database is away.")).toBeVisible();
  expect(chosenOrganization()).toBe(db.home);
  expect(screen.getByRole("button", { name: /Organisation Northwind/ })).toBeVisible();
  expect(screen.getByRole("link", { name: "Shop" })).toBeVisible();
});

test("An organisation that one does not belong to any more is not gone over to", async () => {
  const { user, db } = openConsole({ server, at: "/services" });
  await user.click(await screen.findByRole("button", { name: /Organisation Northwind/ }));
  const other = await screen.findByRole("menuitem", { name: /Lighthouse Labs/ });
  const { organizations } = db.people;
  const captain = db.people.person("captain@example.com");
  db.people.seats = db.people.seats.filter(
    (seat) => seat.organizationId !== organizations[1]?.id || seat.userId !== captain?.id,
  );
  await user.click(other);
  expect(await screen.findByText("You do not belong to the other one any more.")).toBeVisible();
  expect(chosenOrganization()).toBe(db.home);
});

test("Whoever leaves an organisation lands in another", async () => {
  const db = fastDatabase();
  chooseOrganization(db.people.organizations[1]?.id);
  const { user } = openConsole({ server, db, at: "/organization/members" });
  await user.click(await screen.findByRole("button", { name: "Leave Lighthouse Labs" }));
  await confirm(user, "Leave");
  expect(await screen.findByRole("button", { name: /Organisation Northwind/ })).toBeVisible();
  expect(chosenOrganization()).toBe(db.home);
});

test.each([429, 503])("A start that is answered %d keeps the chosen organisation", async (status) => {
  const db = fastDatabase();
  const chosen = db.people.organizations[1]?.id;
  chooseOrganization(chosen);
  const { user } = openConsole({ server, db, at: "/services" });
  let busy = true;
  server.use(http.get("*/api/me", () => (busy ? problem(status, "busy", "Berth is busy") : undefined)));
  expect(await screen.findByRole("heading", { name: "This page could not be read" })).toBeVisible();
  expect(chosenOrganization()).toBe(chosen);
  busy = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("button", { name: /Organisation Lighthouse Labs/ })).toBeVisible();
});

test("A viewer sees each action, disabled and with its reason", async () => {
  const db = fastDatabase();
  const service = addService(db);
  openConsole({ server, db, as: "viewer@example.com", at: `/services/${service.id}/settings` });
  const reason = "This needs the role developer. Yours is viewer.";
  for (const name of ["Deploy", "Save", "Delete service"]) {
    const button = await screen.findByRole("button", { name });
    expect(button).toHaveAttribute("aria-disabled", "true");
    expect(button).toHaveAccessibleDescription(reason);
  }
});

test("A grant lets a viewer deploy that service", async () => {
  const db = fastDatabase();
  const service = addService(db);
  const viewer = db.people.person("viewer@example.com");
  db.people.grants.push({
    organizationId: db.home,
    serviceId: service.id,
    userId: viewer?.id ?? "",
    role: "developer",
  });
  openConsole({ server, db, as: "viewer@example.com", at: `/services/${service.id}` });
  expect(await screen.findByRole("button", { name: "Deploy" })).not.toHaveAttribute("aria-disabled");
});

test("Whoever deploys does not delete a service whose new versions admins approve", async () => {
  const db = fastDatabase();
  const service = addService(db, { approvalRequired: true });
  const { user } = openConsole({
    server,
    db,
    as: "dev@example.com",
    at: `/services/${service.id}/settings`,
  });
  const reason = "This needs the role admin. Yours is developer.";
  expect(await screen.findByRole("button", { name: "Delete service" })).toHaveAccessibleDescription(reason);
  await user.click(screen.getByRole("button", { name: "More actions" }));
  const item = await screen.findByRole("menuitem", { name: /Delete service/ });
  expect(item).toHaveAccessibleDescription(reason);
  expect(screen.getByRole("menuitem", { name: /Rebuild/ })).not.toHaveAttribute("aria-disabled");
});

test("An admin of one service manages its grants", async () => {
  const db = fastDatabase();
  const service = addService(db);
  const [viewer, developer] = ["viewer@example.com", "dev@example.com"].map((email) =>
    db.people.person(email),
  );
  for (const [person, role] of [
    [viewer, "admin"],
    [developer, "developer"],
  ] as const) {
    db.people.grants.push({
      organizationId: db.home,
      serviceId: service.id,
      userId: person?.id ?? "",
      role,
    });
  }
  const { user } = openConsole({
    server,
    db,
    as: "viewer@example.com",
    at: `/services/${service.id}/settings`,
  });
  expect(await screen.findByRole("button", { name: "Grant" })).not.toHaveAttribute("aria-disabled");
  await user.click(await screen.findByRole("button", { name: "Withdraw the grant of Dana Okafor" }));
  await confirm(user, "Withdraw");
  await waitFor(() => expect(db.people.grantsFor(db.home, service.id)).toHaveLength(1));
});

test("An admin does not revoke an owner's invitation, and the button says why", async () => {
  const db = fastDatabase();
  const captain = db.people.person("captain@example.com");
  db.people.invite(db.home, "owner@example.com", "owner", captain?.id ?? "");
  db.people.invite(db.home, "admin@example.com", "admin", captain?.id ?? "");
  openConsole({ server, db, as: "mate@example.com", at: "/organization/invitations" });
  const revoke = await screen.findByRole("button", { name: "Revoke the invitation of owner@example.com" });
  expect(revoke).toHaveAccessibleDescription("This needs the role owner. Yours is admin.");
  expect(
    screen.getByRole("button", { name: "Revoke the invitation of admin@example.com" }),
  ).not.toHaveAttribute("aria-disabled");
});

test("A member's role is changed after a question, and the last owner's stays", async () => {
  const { user, db } = openConsole({ server, at: "/organization/members" });
  await user.click(await screen.findByRole("combobox", { name: "Role of Dana Okafor" }));
  await user.click(await screen.findByRole("option", { name: "Admin" }));
  await confirm(user, "Change role");
  await waitFor(() =>
    expect(db.people.members(db.home).find(({ displayName }) => displayName === "Dana Okafor")?.role).toBe(
      "admin",
    ),
  );
  expect(screen.getByRole("button", { name: "Role of Ines Ahlgren: owner" })).toHaveAccessibleDescription(
    "The last owner stays. Make another owner first.",
  );
});

test("Somebody is invited by e-mail, and a member is not", async () => {
  const { user } = openConsole({ server, at: "/organization/invitations" });
  const form = within(await screen.findByRole("form", { name: "Invite somebody" }));
  await fill(user, form.getByLabelText("E-mail"), "dev@example.com");
  await user.click(form.getByRole("button", { name: "Invite" }));
  expect(await form.findByText("Is a member already")).toBeVisible();
  await fill(user, form.getByLabelText("E-mail"), "new@example.com");
  await user.click(form.getByRole("button", { name: "Invite" }));
  expect(await screen.findByText("new@example.com is invited")).toBeVisible();
  expect(await screen.findByRole("row", { name: /new@example\.com/ })).toHaveTextContent("Pending");
});

test("A token is shown once and revoked", async () => {
  const { user, db } = openConsole({ server, at: "/organization/tokens" });
  await fill(user, await screen.findByLabelText("Name"), "Pipeline");
  await user.click(screen.getByRole("button", { name: "Create token" }));
  expect(await screen.findByRole("region", { name: "The token" })).toHaveTextContent(/^berth_/);
  await user.click(await screen.findByRole("button", { name: "Revoke Pipeline" }));
  await confirm(user, "Revoke");
  await waitFor(() => expect(db.people.tokens).toEqual([]));
});

test("The audit log is filtered by the URL and says that it is intact", async () => {
  const { user, history } = openConsole({ server, at: "/organization/invitations" });
  await fill(user, await screen.findByLabelText("E-mail"), "new@example.com");
  await user.click(screen.getByRole("button", { name: "Invite" }));
  expect(await screen.findByText("new@example.com is invited")).toBeVisible();
  history.push("/organization/audit");
  expect(await screen.findByRole("row", { name: /Create invitation/ })).toHaveTextContent(
    "captain@example.com",
  );
  expect(await screen.findByText("Verified: 1 events intact")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Details of event 1" }));
  expect(await within(await screen.findByRole("dialog")).findByText("invitation.create")).toBeVisible();
  history.push("/organization/audit?outcome=failed");
  expect(await screen.findByText("No event matches")).toBeVisible();
});

test("Two-step sign-in is turned on with a code, and shows its recovery codes once", async () => {
  const { user, db } = openConsole({ server, at: "/account/two-step" });
  await fill(user, await screen.findByLabelText("Password"), "correct horse");
  await user.click(screen.getByRole("button", { name: "Turn on" }));
  expect(await screen.findByRole("img", { name: "The secret as a QR code" })).toBeVisible();
  await fill(user, screen.getByLabelText("Code"), "123456");
  await user.click(screen.getByRole("button", { name: "Confirm" }));
  expect(await screen.findByRole("region", { name: "The recovery codes" })).toBeVisible();
  expect(db.people.person("captain@example.com")?.totp).toBe(true);
});

test("A session opened by a token may not manage the account, and says why", async () => {
  openConsole({ server, as: "captain@example.com|admin", at: "/account/password" });
  expect(await screen.findByRole("button", { name: "Change password" })).toHaveAccessibleDescription(
    /A token may not do this/,
  );
});
