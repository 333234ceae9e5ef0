import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { addService, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

const pem = "-----BEGIN KEY-----\nMIIabc=\n-----END KEY-----";

function openSettings(changes: Parameters<typeof addService>[1] = {}) {
  const db = fastDatabase();
  const service = addService(db, changes);
  return { service, ...openConsole({ server, db, at: `/services/${service.id}/settings` }) };
}

test("A value keeps its line breaks, and lines pasted into a name become variables", async () => {
  const { db, service, user } = openSettings({ env: { MODE: "slow" } });
  await fill(user, await screen.findByRole("textbox", { name: "Value of MODE" }), pem);
  await user.click(screen.getByRole("button", { name: "Add variable" }));
  await user.click(screen.getByRole("textbox", { name: "Name of variable 2" }));
  await user.paste(`MODE=fast\nKEY="${pem}"`);
  expect(screen.getByRole("textbox", { name: "Value of MODE" })).toHaveValue("fast");
  expect(screen.getByRole("textbox", { name: "Value of KEY" })).toHaveValue(pem);
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(db.find(service.id)?.env).toEqual({ MODE: "fast", KEY: pem }));
});

test("What cannot be read as variables goes into the field as it is", async () => {
  const { user } = openSettings({ env: { MODE: "slow" } });
  await fill(user, await screen.findByRole("textbox", { name: "Name of variable 1" }), "A=1\nabc=\nnonsense");
  expect(screen.getByRole("textbox", { name: "Name of variable 1" })).toHaveValue("A=1abc=nonsense");
  expect(screen.queryByRole("textbox", { name: "Name of variable 2" })).toBeNull();
});

test("A second variable of a name is refused at its field", async () => {
  const { db, service, user } = openSettings({ env: { MODE: "slow" } });
  await user.click(await screen.findByRole("button", { name: "Add variable" }));
  await fill(user, screen.getByRole("textbox", { name: "Name of variable 2" }), "MODE");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("There is a variable of this name already")).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Name of variable 2" })).toBeInvalid();
  expect(db.find(service.id)?.env).toEqual({ MODE: "slow" });
});

test("A release command that lines would change is shown word by word and stays", async () => {
  const releaseCommand = ["sh", "-c", "echo a\necho b"];
  const { db, service, user } = openSettings({ releaseCommand });
  const command = await screen.findByRole("textbox", { name: "Release command" });
  expect(command).toHaveValue('"sh"\n"-c"\n"echo a\\necho b"');
  expect(command).toHaveAttribute("readonly");
  expect(command).toHaveAccessibleDescription(/change it through the API/);
  await fill(user, screen.getByRole("textbox", { name: "Port" }), "9000");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(db.find(service.id)).toMatchObject({ port: 9_000, releaseCommand }));
});
