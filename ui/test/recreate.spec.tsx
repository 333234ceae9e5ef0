import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { Database } from "../mock/db";
import { addService, fastDatabase, openConsole, startBackend } from "./console";

const server = startBackend();

const hour = 3_600_000;

/** Two versions, of which the second serves. As long as in real life, so that the gap is; and time stands still. */
function twice(strategy: "blue_green" | "recreate") {
  const now = Date.now();
  const db = new Database({ now: () => now });
  const service = addService(db, { strategy });
  const first = db.deploy(service.id, "good", now - 2 * hour);
  db.deploy(service.id, "good", now - hour);
  return { db, service, first, at: `/services/${service.id}` };
}

const gap = () => screen.queryByText("Not served for", { selector: "dt" });

const cost = "does not answer for some seconds: visitors get a 503 page";

test("The choice tells its cost, and has none of the canary's numbers", async () => {
  const db = fastDatabase();
  const service = addService(db);
  const { user } = openConsole({ server, db, at: `/services/${service.id}/settings` });
  const recreate = await screen.findByRole("radio", { name: /recreate/ });
  expect(recreate).toHaveAccessibleDescription(/visitors are not served for some seconds/);
  expect(screen.getByRole("radio", { name: "Is cancelled; what serves goes on serving" })).toBeVisible();
  await user.click(recreate);
  expect(screen.queryByRole("textbox", { name: "Canary's part" })).toBeNull();
  expect(screen.getByRole("radio", { name: /started again where it has ended/ })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(db.find(service.id)?.strategy).toBe("recreate"));
});

test("A deployment says how long nothing served for its sake", async () => {
  const { db, at } = twice("recreate");
  openConsole({ server, db, at });
  expect(await screen.findByText("Serves now")).toBeVisible();
  expect(gap()?.parentElement).toHaveTextContent("Not served for3.1 s");
});

test("The first deployment of a service let nothing end", async () => {
  const { db, first, at } = twice("recreate");
  openConsole({ server, db, at: `${at}?deployment=${first.id}` });
  expect(await screen.findByText("Took", { selector: "dt" })).toBeVisible();
  expect(gap()).toBeNull();
});

test("A roll-back has a gap of its own", () => {
  let now = Date.now();
  const db = new Database({ now: () => now });
  const service = addService(db, { strategy: "recreate" });
  const first = db.deploy(service.id, "good", now - 2 * hour);
  db.deploy(service.id, "good", now - hour);
  db.rollBack(service.id, first.id);
  now += 1_000;
  expect(db.deployments(service.id).map(({ gapMs }) => gapMs)).toEqual([3_100, 800]);
});

test("Nothing is said of a gap where versions may overlap", async () => {
  const { db, at } = twice("blue_green");
  openConsole({ server, db, at });
  expect(await screen.findByText("Serves now")).toBeVisible();
  expect(gap()).toBeNull();
});

test("What has ended for its successor does not serve, though it is the current one still", async () => {
  const { db, service, at } = twice("recreate");
  const [newest] = db.deployments(service.id);
  openConsole({ server, db, at });
  server.use(
    http.get("*/api/containers/services/:id/deployments/:deploymentId", () =>
      HttpResponse.json({ ...newest, status: "retired" }),
    ),
  );
  const traffic = await screen.findByText("Traffic", { selector: "dt" });
  expect(db.find(service.id)?.currentDeploymentId).toBe(newest?.id);
  expect(traffic.parentElement).toHaveTextContent("TrafficNone");
});

/** The question that an action of the service's page asks. */
async function ask(strategy: "blue_green" | "recreate", action: string) {
  const { db, at } = twice(strategy);
  const { user } = openConsole({ server, db, at });
  if (action === "Deploy") {
    await user.click(await screen.findByRole("button", { name: action }));
  } else {
    await user.click(await screen.findByRole("button", { name: "More actions" }));
    await user.click(await screen.findByRole("menuitem", { name: action }));
  }
  return screen.findByRole("dialog");
}

test.each(["Deploy", "Restart", "Rebuild and deploy", "Roll back"])(
  "“%s” tells the cost before it is done",
  async (action) => {
    const dialog = await ask("recreate", action);
    expect(dialog).toHaveTextContent(cost);
    expect(dialog).not.toHaveTextContent("goes on serving");
  },
);

test.each(["Deploy", "Restart"])("“%s” has no cost where versions may overlap", async (action) => {
  const dialog = await ask("blue_green", action);
  expect(dialog).toHaveTextContent(/what serves now goes on serving until then/i);
  expect(dialog).not.toHaveTextContent(cost);
});

test("The question of an approval tells the cost", async () => {
  const { db, service, at } = twice("recreate");
  db.update(service.id, { approvalRequired: true });
  db.deploy(service.id, "good", Date.now() - hour / 2);
  const { user } = openConsole({ server, db, at });
  await user.click(await screen.findByRole("button", { name: "Approve" }));
  expect(await screen.findByRole("dialog")).toHaveTextContent(cost);
});

test("A cancel says that what has ended is started again", async () => {
  const { db, service, at } = twice("recreate");
  db.deploy(service.id, "good");
  const { user } = openConsole({ server, db, at });
  await user.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(await screen.findByRole("dialog")).toHaveTextContent("Where it has ended, it is started again");
});

test("A cancel in the soak says that the version before has to be started", async () => {
  const { db, service, at } = twice("recreate");
  db.deploy(service.id, "good", Date.now() - 25_000);
  const { user } = openConsole({ server, db, at });
  await user.click(await screen.findByRole("button", { name: "Cancel" }));
  const dialog = await screen.findByRole("dialog");
  expect(dialog).toHaveTextContent("the version before it is started again");
  expect(dialog).toHaveTextContent(cost);
});
