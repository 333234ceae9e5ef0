import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { Database } from "../mock/db";
import { quotaOf } from "../mock/quota";
import { newService } from "../src/forms/service-values";
import { volumeRefusal } from "../src/forms/volume-field";
import { addService, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

const settings = (id: string) => `/services/${id}/settings`;
const volume = () => screen.findByRole("textbox", { name: "Volume" });

test("A volume is asked for beside the strategy that it needs", async () => {
  const db = fastDatabase();
  const service = addService(db);
  const { user } = openConsole({ server, db, at: settings(service.id) });
  const field = await volume();
  expect(field).toBeDisabled();
  expect(field).toHaveAccessibleDescription("A volume asks for recreate.");
  await user.click(screen.getByRole("radio", { name: /recreate/ }));
  expect(field).toBeEnabled();
  expect(field).toHaveAccessibleDescription(/The folder \/data, on one host/);
  await waitFor(() => expect(field).toHaveAccessibleDescription(/Nothing holds the app to this size/));
  await fill(user, field, "512");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(db.find(service.id)?.volumeMb).toBe(512));
});

test("What was typed contradicts a change of the strategy, and can be taken back", async () => {
  const db = fastDatabase();
  const service = addService(db, { strategy: "recreate" });
  const { user } = openConsole({ server, db, at: settings(service.id) });
  const field = await volume();
  await fill(user, field, "512");
  await user.click(screen.getByRole("radio", { name: /All at once/ }));
  expect(field).toBeEnabled();
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("A volume asks for recreate")).toBeVisible();
  await user.clear(field);
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(db.find(service.id)?.strategy).toBe("blue_green"));
  expect(db.find(service.id)?.volumeMb).toBeNull();
});

test("One that is there cannot be emptied or made smaller", async () => {
  const db = fastDatabase();
  const service = addService(db, { strategy: "recreate", volumeMb: 512 });
  const { user } = openConsole({ server, db, at: settings(service.id) });
  await user.clear(await volume());
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("A volume stays until its service is deleted")).toBeVisible();
  await fill(user, await volume(), "256");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Must not be less than it was")).toBeVisible();
  expect(db.find(service.id)?.volumeMb).toBe(512);
});

test("Where the operator offers none, the form says so", async () => {
  const db = fastDatabase();
  openConsole({ server, db, at: "/services/new" });
  server.use(
    http.get("*/api/orgs/:id/quota", () => HttpResponse.json({ ...quotaOf(db, db.home), volumes: "off" })),
  );
  await waitFor(async () =>
    expect(await volume()).toHaveAccessibleDescription("The platform's operator offers no volumes."),
  );
  expect(await volume()).toBeDisabled();
});

test("The reason against a volume follows from the platform, the service and the form", () => {
  const turns = { ...newService, strategy: "recreate" as const };
  const kept = { volumeMb: 512, volumeHost: "node1" };
  expect(volumeRefusal("unlimited", undefined, turns)).toBeUndefined();
  expect(volumeRefusal(undefined, undefined, turns)).toBeUndefined();
  expect(volumeRefusal("unlimited", undefined, { ...newService, replicas: 2 })).toBe(
    "A volume asks for recreate. A volume is for one replica.",
  );
  expect(volumeRefusal("unlimited", kept, { ...turns, volumeMb: 512 })).toBeUndefined();
  expect(volumeRefusal("quota", kept, { ...turns, volumeMb: 512 })).toMatch(/the size that it was made with/);
  expect(volumeRefusal("quota", { ...kept, volumeHost: null }, turns)).toBeUndefined();
  expect(volumeRefusal("off", kept, { ...turns, volumeMb: 512 })).toMatch(/What is there stays/);
});

test("A service shows its volume and the host that has it, has no other scale, and loses it with itself", async () => {
  const now = Date.now();
  const db = new Database({ now: () => now });
  const service = addService(db, { strategy: "recreate", volumeMb: 2_048 });
  db.deploy(service.id, "good", now - 3_600_000);
  const { user } = openConsole({ server, db, at: `/services/${service.id}` });
  expect(await screen.findByText(/Volume of 2 GiB/)).toHaveTextContent(
    "Volume of 2 GiB on host x1kq3v7n0ew5y2b8m4tz6rlac",
  );
  await user.click(screen.getByRole("button", { name: "More actions" }));
  expect(await screen.findByRole("menuitem", { name: /Scale/ })).toHaveAccessibleDescription(
    "Its volume is for one replica.",
  );
  await user.click(screen.getByRole("menuitem", { name: "Delete service" }));
  expect(await screen.findByRole("dialog")).toHaveTextContent("and its volume with all that is in it");
});

test("A service without one says nothing of it", async () => {
  const db = fastDatabase();
  const service = addService(db);
  const { user } = openConsole({ server, db, at: `/services/${service.id}` });
  await user.click(await screen.findByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Delete service" }));
  expect(await screen.findByRole("dialog")).not.toHaveTextContent("volume");
  expect(screen.queryByText(/Volume of/)).toBeNull();
});
