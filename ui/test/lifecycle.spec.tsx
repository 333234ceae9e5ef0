import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { siteTemplate } from "../mock/templates";
import { addService, confirm, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

/** A service that serves since an hour. */
function serving() {
  const db = fastDatabase();
  const service = addService(db);
  db.deploy(service.id, "good", Date.now() - 3_600_000);
  return { db, service, at: `/services/${service.id}` };
}

type User = ReturnType<typeof openConsole>["user"];

async function choose(user: User, item: string, menu = "More actions") {
  await user.click(await screen.findByRole("button", { name: menu }));
  await user.click(await screen.findByRole("menuitem", { name: item }));
}

const operations = async () =>
  within(await screen.findByRole("list", { name: "Operations" })).findAllByRole("listitem");

test("A stop says what visitors see, is followed, and offers the start then", async () => {
  const { db, service, at } = serving();
  const { user, history } = openConsole({ server, db, at });
  await choose(user, "Stop");
  expect(await screen.findByRole("dialog")).toHaveTextContent("Visitors see a page that says");
  await confirm(user, "Stop");
  await waitFor(() => expect(history.location.pathname).toBe(`${at}/operations`));
  const [stop] = await operations();
  expect(stop).toHaveAttribute("aria-current", "true");
  await waitFor(() => expect(stop).toHaveTextContent("Succeeded"));
  expect(db.find(service.id)?.status).toBe("stopped");
  await user.click(screen.getByRole("button", { name: "More actions" }));
  expect(await screen.findByRole("menuitem", { name: /Restart/ })).toHaveAccessibleDescription(
    "It is stopped. Start it.",
  );
  await user.click(screen.getByRole("menuitem", { name: "Start" }));
  await confirm(user, "Start");
  await waitFor(() => expect(db.find(service.id)?.status).toBe("running"));
});

test("A restart is followed as the deployment that it makes", async () => {
  const { db, service, at } = serving();
  const { user, history } = openConsole({ server, db, at });
  await choose(user, "Restart");
  await confirm(user, "Restart");
  await waitFor(() => expect(history.location.search).toContain("deployment="));
  expect(db.operations.list(service.id)[0]?.kind).toBe("restart");
});

test("Scaling takes whole numbers from 1 to 100 and says what lacks for more", async () => {
  const { db, service, at } = serving();
  const { user } = openConsole({ server, db, at });
  await choose(user, "Scale");
  const dialog = within(await screen.findByRole("dialog"));
  const replicas = dialog.getByRole("textbox", { name: "Replicas" });
  const scale = dialog.getByRole("button", { name: "Scale" });
  await fill(user, replicas, "101");
  await user.click(scale);
  expect(await dialog.findByText("A whole number from 1 to 100")).toBeVisible();
  await fill(user, replicas, "50");
  await user.click(scale);
  const lacks = await dialog.findByRole("list", { name: "What lacks" });
  expect(lacks).toHaveTextContent("Processors: 24.5 CPU more wanted, 0.5 CPU used of 8 CPU");
  expect(lacks).toHaveTextContent("Memory: 12.25 GiB more wanted, 256 MiB used of 6 GiB");
  await fill(user, replicas, "3");
  await user.click(scale);
  expect((await operations())[0]).toHaveTextContent("Scale to 3");
  expect(db.find(service.id)?.replicas).toBe(3);
});

test("What is under way can be cancelled, and then there is nothing to cancel", async () => {
  const db = fastDatabase();
  const service = addService(db);
  db.operations.ask(service.id, "deploy", { takes: 0, waitingFor: "build_slot" });
  const { user } = openConsole({ server, db, at: `/services/${service.id}/operations` });
  expect((await operations())[0]).toHaveTextContent("Waits for a build slot");
  await user.click(await screen.findByRole("button", { name: "Cancel" }));
  await confirm(user, "Cancel it");
  await waitFor(async () => expect((await operations())[0]).toHaveTextContent("Cancelled"));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull());
});

test("What failed says why, what to do, and what was seen, also where no deployment shows it", async () => {
  const { db, service, at } = serving();
  db.operations.ask(service.id, "delete", {
    takes: 0,
    end: "failed",
    reason: {
      code: "registry_unreachable",
      sentence: "The registry does not answer.",
      suggestion: "Delete it again later.",
      evidence: "connection refused",
    },
  });
  const { user } = openConsole({ server, db, at });
  expect(await screen.findByText("Delete failed")).toBeVisible();
  await user.click(screen.getByRole("link", { name: "What to do about it" }));
  const failure = await screen.findByRole("region", { name: "What went wrong" });
  expect(screen.queryByText("Delete failed")).toBeNull();
  expect(failure).toHaveTextContent("The registry does not answer.");
  expect(failure).toHaveTextContent("Delete it again later.");
  expect(within(failure).getByRole("region", { name: "Evidence" })).toHaveTextContent("connection refused");
});

test("Older operations are read on demand", async () => {
  const { db, service, at } = serving();
  for (let index = 0; index < 22; index += 1) {
    db.operations.ask(service.id, "scale", { at: Date.now() - 60_000 * (index + 1), takes: 0, replicas: 2 });
  }
  const { user } = openConsole({ server, db, at: `${at}/operations` });
  expect(await operations()).toHaveLength(20);
  await user.click(screen.getByRole("button", { name: "Show more" }));
  await waitFor(async () => expect(await operations()).toHaveLength(23));
});

test("A refusal by the API is said in the dialog", async () => {
  const { db, at } = serving();
  const { user } = openConsole({ server, db, at });
  server.use(
    http.post("*/api/containers/services/:id/stop", () =>
      HttpResponse.json({ title: "Conflict", detail: "shop has nothing that runs" }, { status: 409 }),
    ),
  );
  await choose(user, "Stop");
  await confirm(user, "Stop");
  expect(await screen.findByRole("alert")).toHaveTextContent("shop has nothing that runs");
});

test("Whoever may only look is told so at each action", async () => {
  const { db, at } = serving();
  const { user } = openConsole({ server, db, at, as: "viewer@example.com" });
  await user.click(await screen.findByRole("button", { name: "More actions" }));
  expect(await screen.findByRole("menuitem", { name: /Stop/ })).toHaveAccessibleDescription(
    "This needs the role developer. Yours is viewer.",
  );
});

test("A row of the list stops its service and stays in the list", async () => {
  const { db, service } = serving();
  const { user, history } = openConsole({ server, db, at: "/services" });
  await choose(user, "Stop", "Actions for Shop");
  await confirm(user, "Stop");
  const table = within(await screen.findByRole("table", { name: "Services" }));
  expect(await table.findByText("Stopped")).toBeVisible();
  expect(history.location.pathname).toBe("/services");
  expect(db.operations.list(service.id)[0]?.kind).toBe("stop");
});

test("The list shows the services of one template", async () => {
  const db = fastDatabase();
  addService(db, { name: "Shop" });
  addService(db, { name: "Docs", templateId: siteTemplate.id });
  const { user, history } = openConsole({ server, db, at: "/services" });
  await user.click(await screen.findByRole("combobox", { name: "Template" }));
  await user.click(await screen.findByRole("option", { name: "Static site" }));
  await waitFor(() => expect(screen.queryByRole("link", { name: "Shop" })).toBeNull());
  expect(screen.getByRole("link", { name: "Docs" })).toBeVisible();
  expect(history.location.search).toContain(`template=${siteTemplate.id}`);
});

test("How a deployment is watched is saved, and a number once set is not emptied", async () => {
  const { db, service, at } = serving();
  const { user } = openConsole({ server, db, at: `${at}/settings` });
  const soak = await screen.findByRole("textbox", { name: "Watch after release" });
  await fill(user, soak, "90");
  await user.click(screen.getByRole("radio", { name: /Is cancelled/ }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(db.find(service.id)).toMatchObject({ soakSeconds: 90, onNewer: "cancel" }));
  expect(db.find(service.id)?.healthDeadlineSeconds).toBeNull();
  await user.clear(soak);
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/needs a number from then on/)).toBeVisible();
});

test("A release command is saved word by word, and taken away again", async () => {
  const { db, service, at } = serving();
  const { user } = openConsole({ server, db, at: `${at}/settings` });
  const command = await screen.findByRole("textbox", { name: "Release command" });
  await user.type(command, "node{enter}migrate.js{enter}two words");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(db.find(service.id)).toMatchObject({ releaseCommand: ["node", "migrate.js", "two words"] }),
  );
  await user.clear(command);
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(db.find(service.id)?.releaseCommand ?? []).toEqual([]));
});

test("The quota says what is used, how much there is, and what gets scarce", async () => {
  const db = fastDatabase();
  addService(db, { replicas: 15, cpuLimit: 0.5, memoryLimitMb: 256 });
  openConsole({ server, db, at: "/organization" });
  const processors = await screen.findByRole("progressbar", { name: "Processors" });
  expect(processors).toHaveAttribute("aria-valuenow", "93");
  expect(processors).toHaveAttribute("aria-valuetext", "7.5 CPU of 8 CPU, 93 %. Nearly full");
  expect(screen.getByText("3.75 GiB of 6 GiB")).toBeVisible();
  const events = screen.getByRole("list", { name: "What got scarce" });
  expect(events).toHaveTextContent("Processors reached 90 %");
  expect(events).toHaveTextContent("still so");
});
