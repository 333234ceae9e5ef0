import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { addService, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

function openSettings(changes: Parameters<typeof addService>[1] = {}) {
  const db = fastDatabase();
  const service = addService(db, changes);
  return { service, ...openConsole({ server, db, at: `/services/${service.id}/settings` }) };
}

const refuseWith = (...errors: { pointer: string; detail: string }[]) =>
  server.use(
    http.patch("*/api/containers/services/:id", () =>
      HttpResponse.json({ title: "Refused", detail: "Mend what errors names.", errors }, { status: 400 }),
    ),
  );

const field = (name: string) => screen.findByRole("textbox", { name });

test("What is refused of the environment as a whole stands below it", async () => {
  const { user } = openSettings({ env: { MODE: "fast" } });
  await fill(user, await field("Value of MODE"), "slow");
  refuseWith({ pointer: "#/env", detail: "must have at most 200 variables" });
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Must have at most 200 variables")).toBeVisible();
  expect(screen.getByRole("alert")).toHaveTextContent("They are marked above");
});

test("What is refused of something that is not on screen is said below the form", async () => {
  const { user } = openSettings();
  await fill(user, await field("Port"), "9000");
  refuseWith(
    { pointer: "#/canaryWeight", detail: "must be a whole number from 1 to 99" },
    { pointer: "#/templateId", detail: "names no template" },
  );
  await user.click(screen.getByRole("button", { name: "Save" }));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Canary's part must be a whole number from 1 to 99.");
  expect(alert).toHaveTextContent("templateId names no template.");
  expect(alert).not.toHaveTextContent("marked above");
});

test("What the form itself finds is told, and its first field on the page gets the focus", async () => {
  const { user } = openSettings({ strategy: "recreate" });
  await fill(user, await field("Volume"), "512");
  await user.click(screen.getByRole("radio", { name: /All at once/ }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Some fields are not right yet");
  expect(screen.getByRole("radio", { name: /All at once/ })).toHaveFocus();
  await user.clear(screen.getByRole("textbox", { name: "Health path" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Health path" })).toHaveFocus());
});

test("A number of a canary that is not on screen any more stands in nobody's way", async () => {
  const { db, service, user } = openSettings();
  await user.click(await screen.findByRole("radio", { name: /A part first/ }));
  await fill(user, await field("Canary's part"), "500");
  await user.click(screen.getByRole("radio", { name: /All at once/ }));
  await fill(user, screen.getByRole("textbox", { name: "Port" }), "9000");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(db.find(service.id)).toMatchObject({ port: 9_000, canaryWeight: 10 }));
});
