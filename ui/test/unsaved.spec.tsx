import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { addService, confirm, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

/** The settings of a service that serves, with a port that is typed and not saved. */
async function typed() {
  const db = fastDatabase();
  const service = addService(db);
  db.deploy(service.id, "good", Date.now() - 3_600_000);
  const at = `/services/${service.id}/settings`;
  const opened = openConsole({ server, db, at });
  const port = await screen.findByRole("textbox", { name: "Port" });
  await fill(opened.user, port, "9000");
  return { service, at, port, ...opened };
}

const question = () => screen.findByRole("dialog", { name: "Leave without saving?" });

test("Whoever leaves with settings that are not saved is asked first", async () => {
  const { user, history, at, port } = await typed();
  await user.click(screen.getByRole("link", { name: "Builds" }));
  await user.click(within(await question()).getByRole("button", { name: "Stay" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(history.location.pathname).toBe(at);
  expect(port).toHaveValue("9000");
  await user.click(screen.getByRole("link", { name: "Organisation" }));
  await confirm(user, "Leave");
  await waitFor(() => expect(history.location.pathname).toBe("/organization"));
});

test("Nobody is asked about what is saved or taken back", async () => {
  const { user, history, service } = await typed();
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Saved")).toBeVisible();
  await fill(user, screen.getByRole("textbox", { name: "Port" }), "9001");
  await user.click(screen.getByRole("button", { name: "Undo changes" }));
  await user.click(screen.getByRole("link", { name: "Builds" }));
  await waitFor(() => expect(history.location.pathname).toBe(`/services/${service.id}/builds`));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("An action that leads away is done, and asks before it leads away", async () => {
  const { user, history, at, db, service } = await typed();
  await user.click(screen.getByRole("button", { name: "Deploy" }));
  await confirm(user, "Deploy");
  await user.click(within(await question()).getByRole("button", { name: "Stay" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(db.deployments(service.id)).toHaveLength(2);
  expect(history.location.pathname).toBe(at);
});

test("Nobody is asked about a service that they delete", async () => {
  const { user, history, service } = await typed();
  await user.click(screen.getByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Delete service" }));
  await fill(user, within(await screen.findByRole("dialog")).getByRole("textbox"), service.slug);
  await confirm(user, "Delete service");
  await waitFor(() => expect(history.location.pathname).toBe("/services"));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("A session that ended leads to the sign-in at once", async () => {
  const { user, history } = await typed();
  await user.click(screen.getByRole("button", { name: /^Account of/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  await waitFor(() => expect(history.location.pathname).toBe("/sign-in"));
  expect(screen.queryByRole("dialog")).toBeNull();
});
