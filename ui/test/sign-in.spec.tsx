import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { addService, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

const token = () => screen.findByLabelText("API token");

test("Somebody without a session signs in and lands where the link led", async () => {
  const db = fastDatabase();
  const service = addService(db);
  const { user, history } = openConsole({
    server,
    db,
    at: `/services/${service.id}/settings`,
    signedIn: false,
  });
  await fill(user, await token(), "berth_good");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("form", { name: "Settings" })).toBeVisible();
  expect(history.location.pathname).toBe(`/services/${service.id}/settings`);
});

test("A refused token is said at the field", async () => {
  const { user } = openConsole({ server, signedIn: false });
  await fill(user, await token(), "wrong");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("This token was refused");
});

test("A link cannot send a person to another site after sign-in", async () => {
  const { user, history } = openConsole({ server, at: "/sign-in?next=%2F%2Fevil.example", signedIn: false });
  await fill(user, await token(), "berth_good");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(history.location.pathname).toBe("/services"));
});

test("Signing out ends the session and asks for a token again", async () => {
  const { user, history } = openConsole({ server });
  await user.click(await screen.findByRole("button", { name: /Account of/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await token()).toBeVisible();
  history.push("/services");
  await waitFor(() => expect(history.location.pathname).toBe("/sign-in"));
});

test("The colour scheme that was chosen is remembered", async () => {
  const { user } = openConsole({ server, signedIn: false });
  await user.click(await screen.findByRole("button", { name: "Switch to dark mode" }));
  expect(localStorage.getItem("berth-color-scheme")).toBe("dark");
  expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "dark");
});
