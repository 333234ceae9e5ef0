import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { addService, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

const address = "*/api/containers/services/:id";

/** The settings of a service; `sent` holds what was saved, as the API heard it. */
function openSettings({ as, ...gates }: Parameters<typeof addService>[1] & { as?: string } = {}) {
  const db = fastDatabase();
  const service = addService(db, gates);
  const sent: object[] = [];
  const { user } = openConsole({
    server,
    db,
    at: `/services/${service.id}/settings`,
    ...(as ? { as } : {}),
  });
  server.events.removeAllListeners();
  server.events.on("request:start", async ({ request }) => {
    if (request.method === "PATCH") {
      sent.push(await request.clone().json());
    }
  });
  return { db, service, user, sent };
}

const approval = () => screen.findByRole("switch", { name: "An admin approves each new version" });

const deployWindow = async (index: number) =>
  within(await screen.findByRole("group", { name: `Window ${index}` }));

test("An approval and a window are asked for, and what did not change is not sent", async () => {
  const { db, service, user, sent } = openSettings();
  await user.click(await approval());
  expect(screen.queryByRole("combobox", { name: "Time zone of the windows" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Add window" }));
  const first = await deployWindow(1);
  await user.click(first.getByRole("checkbox", { name: "Friday" }));
  await fill(user, first.getByLabelText("From"), "22:00");
  await fill(user, first.getByLabelText("Until"), "02:00");
  expect(first.getByText("On the next day")).toBeVisible();
  const zone = screen.getByRole("combobox", { name: "Time zone of the windows" });
  await fill(user, zone, "Berlin");
  await user.click(await screen.findByRole("option", { name: "Europe/Berlin" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  const gates = {
    approvalRequired: true,
    deployWindows: [{ days: ["monday", "tuesday", "wednesday", "thursday"], from: "22:00", until: "02:00" }],
    deployWindowZone: "Europe/Berlin",
  };
  await waitFor(() => expect(db.find(service.id)).toMatchObject(gates));
  await screen.findByText("Saved");
  await user.click(screen.getByRole("button", { name: "Remove window 1" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(db.find(service.id)?.deployWindows).toEqual([]));
  expect(sent[1]).toMatchObject({ deployWindows: [] });
  expect(sent[1]).not.toHaveProperty("approvalRequired");
  expect(sent[1]).not.toHaveProperty("deployWindowZone");
});

test("A window without a day is refused before the API is asked", async () => {
  const { user, sent } = openSettings({
    deployWindows: [{ days: ["monday"], from: "09:00", until: "17:00" }],
  });
  await user.click((await deployWindow(1)).getByRole("checkbox", { name: "Monday" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Pick a day")).toBeVisible();
  expect(sent).toEqual([]);
});

test("What the API refuses stands at the part of the window that it names", async () => {
  const { user } = openSettings({ deployWindows: [{ days: ["monday"], from: "09:00", until: "17:00" }] });
  server.use(
    http.patch(address, () =>
      HttpResponse.json(
        {
          title: "Refused",
          errors: [
            { pointer: "#/deployWindows/0/days", detail: "must be one or more of monday to sunday" },
            { pointer: "#/deployWindows/0/from", detail: "must be a time of the day" },
            { pointer: "#/deployWindows", detail: "must be at most 14" },
            { pointer: "#/deployWindowZone", detail: "must be a time zone by its name" },
            { pointer: "#/approvalRequired", detail: "is for admins of the organisation" },
          ],
        },
        { status: 400 },
      ),
    ),
  );
  await user.click(await approval());
  await user.click(screen.getByRole("button", { name: "Save" }));
  const first = await deployWindow(1);
  expect(await first.findByText("Must be one or more of monday to sunday")).toBeVisible();
  expect(first.getByLabelText("From")).toHaveAccessibleDescription("Must be a time of the day");
  expect(screen.getByText("Must be at most 14")).toBeVisible();
  expect(screen.getByRole("combobox", { name: "Time zone of the windows" })).toBeInvalid();
  expect(screen.getByText("Is for admins of the organisation")).toBeVisible();
});

test("Whoever is no admin sees the gates and the reason, and saves all the rest", async () => {
  const { db, service, user, sent } = openSettings({
    as: "dev@example.com",
    approvalRequired: true,
    deployWindows: [{ days: ["monday"], from: "09:00", until: "17:00" }],
  });
  expect(await approval()).toBeDisabled();
  expect(await approval()).toHaveAccessibleDescription(/This needs the role admin. Yours is developer.$/);
  expect((await deployWindow(1)).getByRole("checkbox", { name: "Monday" })).toBeDisabled();
  expect((await deployWindow(1)).getByLabelText("From")).toBeDisabled();
  expect(screen.getByRole("button", { name: "Add window" })).toHaveAccessibleDescription(/role admin/);
  await fill(user, screen.getByRole("textbox", { name: "Replicas" }), "3");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(db.find(service.id)?.replicas).toBe(3));
  expect(sent[0]).not.toHaveProperty("approvalRequired");
});

test("Whoever became no admin meanwhile is told below the form", async () => {
  const { db, user } = openSettings();
  await user.click(await approval());
  for (const seat of db.people.seats) {
    seat.role = "developer";
  }
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Only admins of the organisation change");
});

test("A new service has its gates from the start", async () => {
  const db = fastDatabase();
  const { user } = openConsole({ server, db, at: "/services/new" });
  await fill(user, await screen.findByRole("textbox", { name: "Name" }), "Shop");
  await fill(user, screen.getByRole("textbox", { name: /Git repository/ }), "https://git.example/shop");
  await user.click(await approval());
  await user.click(screen.getByRole("button", { name: "Create only" }));
  await waitFor(() => expect(db.list()[0]).toMatchObject({ approvalRequired: true, deployWindows: [] }));
});
