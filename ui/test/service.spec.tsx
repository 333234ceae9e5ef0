import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { notFound, problem } from "../mock/answers";
import { pollInterval } from "../src/api/queries";
import { addService, confirm, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

const hour = 3_600_000;

/** A service with one script played an hour ago. */
function played(...scripts: Parameters<ReturnType<typeof fastDatabase>["deploy"]>[1][]) {
  const db = fastDatabase();
  const service = addService(db);
  scripts.forEach((script, index) => {
    db.deploy(service.id, script, Date.now() - hour * (scripts.length - index));
  });
  return { db, service, at: `/services/${service.id}` };
}

const deployments = async () =>
  within(await screen.findByRole("list", { name: "Deployments" })).getAllByRole("listitem");

test("A deploy is confirmed, watched step by step, and ends as the current one", async () => {
  const { user } = openConsole({ server, ...played() });
  await user.click(await screen.findByRole("button", { name: "Deploy now" }));
  await confirm(user, "Deploy");
  const steps = await screen.findByRole("list", { name: "Release steps" });
  await waitFor(() => expect(within(steps).getByText("Move traffic")).toBeVisible());
  await waitFor(async () => expect((await deployments())[0]).toHaveTextContent("Current"));
  expect(screen.getByText("Serves now")).toBeVisible();
});

test("Cancelling the question changes nothing", async () => {
  const { db, service, at } = played("good");
  const { user } = openConsole({ server, db, at });
  await user.click(await screen.findByRole("button", { name: "Deploy" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Cancel" }));
  expect(db.deployments(service.id)).toHaveLength(1);
});

test("A failed deployment says what happened, what to do, and what was seen", async () => {
  openConsole({ server, ...played("good", "never-healthy") });
  const failure = await screen.findByRole("region", { name: "What went wrong" });
  expect(failure).toHaveTextContent("/healthz answered 500");
  expect(failure).toHaveTextContent("change the health path");
  expect(within(failure).getByRole("region", { name: "Evidence" })).toHaveTextContent("ECONNREFUSED");
  const [newest, older] = await deployments();
  expect(newest).toHaveTextContent("Failed");
  expect(older).toHaveTextContent("Current");
});

test("A release command shows how it ended and what it printed", async () => {
  const scene = played("good");
  const [deployment] = scene.db.deployments(scene.service.id);
  scene.db.releases.set(deployment?.id ?? "", {
    run: {
      status: "succeeded",
      exitCode: 0,
      startedAt: "2026-01-01T10:00:00Z",
      finishedAt: "2026-01-01T10:00:02Z",
    },
    log: "migrating 3 tables\n",
  });
  openConsole({ server, ...scene });
  expect(await screen.findByText("Exit code 0")).toBeVisible();
  const log = await screen.findByRole("region", { name: "Log of the release command" });
  await waitFor(() => expect(log).toHaveTextContent("migrating 3 tables"));
});

test("A repeated step shows its attempt", async () => {
  openConsole({ server, ...played("retried") });
  const steps = await screen.findByRole("list", { name: "Build steps" });
  const fetches = within(steps)
    .getAllByRole("listitem")
    .filter((step) => step.textContent?.includes("Fetch source"));
  expect(fetches).toHaveLength(2);
  expect(fetches[0]).toHaveTextContent("Failed");
  expect(fetches[1]).toHaveTextContent("attempt 2");
});

test("A roll-back to a chosen deployment makes that one the current one", async () => {
  const { user } = openConsole({ server, ...played("good", "good") });
  await user.click(within((await deployments())[1] as HTMLElement).getByRole("link"));
  await user.click(await screen.findByRole("button", { name: "Roll back to this" }));
  await confirm(user, "Roll back");
  await waitFor(async () => expect((await deployments())[1]).toHaveTextContent("Current"));
  expect((await deployments())[0]).toHaveTextContent("Retired");
});

test("A deployment that never served cannot be rolled back to, and the button says why", async () => {
  const { user } = openConsole({ server, ...played("good", "build-fails") });
  const button = await screen.findByRole("button", { name: "Roll back to this" });
  expect(button).toHaveAttribute("aria-disabled", "true");
  await user.click(button);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(await screen.findByRole("tooltip")).toHaveTextContent("never served");
});

test("A refused roll-back is said in the dialog, which stays", async () => {
  const { user } = openConsole({ server, ...played("good") });
  await user.click(await screen.findByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Roll back" }));
  await confirm(user, "Roll back");
  expect(await screen.findByRole("alert")).toHaveTextContent("No earlier deployment is kept");
  expect(screen.getByRole("dialog")).toBeVisible();
});

test("A service is deleted only after its slug was typed", async () => {
  const { db, service, at } = played("good");
  const { user, history } = openConsole({ server, db, at });
  await user.click(await screen.findByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Delete service" }));
  const dialog = await screen.findByRole("dialog");
  const remove = within(dialog).getByRole("button", { name: "Delete service" });
  expect(remove).toBeDisabled();
  await fill(user, within(dialog).getByRole("textbox"), "shop");
  await user.click(remove);
  await waitFor(() => expect(history.location.pathname).toBe("/services"));
  await waitFor(() => expect(db.find(service.id)).toBeUndefined());
});

test("Settings are saved, and the deploy that they need is offered", async () => {
  const { db, service, at } = played("good");
  const { user } = openConsole({ server, db, at: `${at}/settings` });
  const replicas = await screen.findByRole("textbox", { name: "Replicas" });
  expect(screen.getByRole("button", { name: "Save" })).toHaveAccessibleDescription("Nothing is changed.");
  await fill(user, replicas, "3");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The next deploy brings the changes into effect.")).toBeVisible();
  expect(db.find(service.id)?.replicas).toBe(3);
});

test("A scale that was asked for while the form was open is not undone by saving something else", async () => {
  const { db, service, at } = played("good");
  const { user } = openConsole({ server, db, at: `${at}/settings` });
  const port = await screen.findByRole("textbox", { name: "Port" });
  await fetch(`http://console.test/api/containers/services/${service.id}/scale`, {
    method: "POST",
    headers: { "X-Berth-Request": "console", "X-Berth-Org": db.home },
    body: JSON.stringify({ replicas: 3 }),
  });
  expect(db.find(service.id)).toMatchObject({ replicas: 3, version: service.version });
  await fill(user, port, "9000");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(db.find(service.id)).toMatchObject({ port: 9_000, replicas: 3 }));
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Replicas" })).toHaveValue("3"));
});

test("What somebody else changed meanwhile is not overwritten, nor what was typed", async () => {
  const { db, service, at } = played("good");
  const { user } = openConsole({ server, db, at: `${at}/settings` });
  const replicas = await screen.findByRole("textbox", { name: "Replicas" });
  db.update(service.id, { replicas: 7, healthPath: "/healthz" });
  await fill(user, replicas, "3");
  await fill(user, screen.getByRole("textbox", { name: "Port" }), "9000");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/Somebody else changed this service meanwhile/)).toBeVisible();
  expect(db.find(service.id)?.replicas).toBe(7);

  server.use(http.get("*/api/containers/services/:id", () => new HttpResponse(null, { status: 429 })));
  await user.click(screen.getByRole("button", { name: "Read again" }));
  expect(await screen.findByText("Too many requests")).toBeVisible();
  server.use(http.get("*/api/containers/services/:id", () => HttpResponse.json(db.find(service.id) ?? null)));

  await user.click(screen.getByRole("button", { name: "Read again" }));
  expect(await screen.findByText(/^Both of you changed: Replicas\./)).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Health path" })).toHaveValue("/healthz");
  expect(screen.getByRole("textbox", { name: "Port" })).toHaveValue("9000");
  expect(replicas).toHaveValue("3");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(db.find(service.id)).toMatchObject({ replicas: 3, port: 9_000, healthPath: "/healthz" }),
  );
});

test("The builds tab shows what was recognised and what was pushed", async () => {
  const { at, ...rest } = played("good");
  openConsole({ server, ...rest, at: `${at}/builds` });
  expect(await screen.findByText("npm run build")).toBeVisible();
  expect(screen.getByText("1 of 9")).toBeVisible();
  expect(screen.getByText("41.3 kB")).toBeVisible();
});

test.each(["", "/builds", "/operations"])(
  "A poll that fails leaves what was read on screen (%s)",
  async (tab) => {
    const { at, ...rest } = played("good");
    openConsole({ server, ...rest, at: `${at}${tab}` });
    const name = tab === "/builds" ? "Builds" : tab === "" ? "Deployments" : "Operations";
    expect(await screen.findByRole("list", { name })).toBeVisible();
    let asked = 0;
    server.use(
      http.get(`*/api/containers/services/:id/${name.toLowerCase()}`, () => {
        asked += 1;
        return HttpResponse.error();
      }),
    );
    expect(await screen.findByText(/Berth does not answer/)).toBeVisible();
    // The first attempt, two more, and the next poll.
    await waitFor(() => expect(asked).toBeGreaterThan(3));
    expect(screen.getByRole("list", { name })).toBeVisible();
    expect(screen.queryByText("This could not be read")).not.toBeInTheDocument();
  },
);

test.each(["deployments", "builds"])(
  "A list of %s that cannot be read says so, and can be read again",
  async (list) => {
    const { at, ...rest } = played("good");
    let refused = true;
    const { user } = openConsole({ server, ...rest, at: list === "builds" ? `${at}/builds` : at });
    server.use(
      http.get(`*/api/containers/services/:id/${list}`, () =>
        refused ? problem(403, "forbidden", "Not allowed", "You may not see them.") : undefined,
      ),
    );
    expect(await screen.findByText("You may not see them.")).toBeVisible();
    refused = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("list", { name: /Deployments|Builds/ })).toBeVisible();
  },
);

test("A service that was deleted meanwhile is no longer shown, and no longer asked for", async () => {
  const scene = played("good");
  openConsole({ server, ...scene });
  expect(await screen.findByRole("heading", { name: "Shop" })).toBeVisible();
  let asked = 0;
  server.use(
    http.get("*/api/containers/services/:id", () => {
      asked += 1;
      return notFound();
    }),
  );
  expect(await screen.findByRole("heading", { name: "Nothing is moored here" })).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Shop" })).not.toBeInTheDocument();
  const before = asked;
  await new Promise((resolve) => setTimeout(resolve, 2 * pollInterval + 500));
  expect(asked).toBe(before);
});

test.each(["?deployment=", "/builds?build="])(
  "An address with an unknown id says so (%s)",
  async (address) => {
    const { at, ...rest } = played("good");
    openConsole({ server, ...rest, at: `${at}${address}019a0000-0000-7000-8000-000000000000` });
    expect(await screen.findByText("It is not there")).toBeVisible();
    expect(screen.getByRole("list", { name: /Deployments|Builds/ })).toBeVisible();
  },
);

test("A release command's log that cannot be read is not taken for an empty one", async () => {
  const scene = played("good");
  const [deployment] = scene.db.deployments(scene.service.id);
  scene.db.releases.set(deployment?.id ?? "", {
    run: { status: "succeeded", exitCode: 0, startedAt: "2026-01-01T10:00:00Z", finishedAt: null },
    log: "",
  });
  openConsole({ server, ...scene });
  server.use(
    http.get("*/release-log", () => problem(403, "forbidden", "Not allowed", "You may not read it.")),
  );
  expect(await screen.findByText("You may not read it.")).toBeVisible();
  expect(screen.queryByText("It has printed nothing.")).not.toBeInTheDocument();
});
