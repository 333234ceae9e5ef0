import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { addService, confirm, fastDatabase, openConsole, startBackend } from "./console";

const server = startBackend();

const hour = 3_600_000;

type Changes = NonNullable<Parameters<typeof addService>[1]>;

/** A service that serves, and whose newest version is built and held at its gates. */
function held(gates: Changes = { approvalRequired: true }) {
  const db = fastDatabase();
  const service = addService(db);
  db.deploy(service.id, "good", Date.now() - 2 * hour);
  db.update(service.id, gates);
  const newest = db.deploy(service.id, "good", Date.now() - hour);
  return { db, service, newest, at: `/services/${service.id}` };
}

const tomorrow = () =>
  new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" })
    .format(Date.now() + 24 * hour)
    .toLowerCase();

/** Opens once a week, and not before tomorrow. */
const windows = () =>
  ({ deployWindows: [{ days: [tomorrow()], from: "22:00", until: "02:00" }] }) as unknown as Changes;

const card = async (name = "Approval") => within(await screen.findByRole("region", { name }));

const newestDeployment = async () =>
  within(await screen.findByRole("list", { name: "Deployments" })).getAllByRole("listitem")[0];

test("What waits for an approval says so, and goes on once an admin approves it", async () => {
  const { db, newest, at } = held();
  const { user } = openConsole({ server, db, at });
  const shown = await card();
  expect(shown.getByText(newest.commitSha.slice(0, 7))).toBeVisible();
  expect(shown.getByText("Goes on at once")).toBeVisible();
  expect(await newestDeployment()).toHaveTextContent("Waits for approval");
  await user.click(shown.getByRole("button", { name: "Approve" }));
  expect(await screen.findByRole("dialog")).toHaveTextContent(
    `Berth starts commit ${newest.commitSha.slice(0, 7)} at once`,
  );
  await confirm(user, "Approve");
  await waitFor(async () => expect(await newestDeployment()).toHaveTextContent("Current"));
  expect(screen.queryByRole("region", { name: "Approval" })).toBeNull();
  expect(screen.getByText("Approved", { selector: "dt" })).toBeVisible();
});

test("A rejected version ends, and says why", async () => {
  const { db, service, newest, at } = held();
  const { user } = openConsole({ server, db, at });
  await user.click((await card()).getByRole("button", { name: "Reject" }));
  expect(await screen.findByRole("dialog")).toHaveTextContent("What serves now goes on serving");
  await confirm(user, "Reject it");
  expect(await screen.findByRole("region", { name: "What went wrong" })).toHaveTextContent(
    "An admin did not approve it.",
  );
  expect(await newestDeployment()).toHaveTextContent("Cancelled");
  expect(db.operations.list(service.id)[0]).toMatchObject({ id: newest.operationId, status: "cancelled" });
});

test("What was decided by somebody else meanwhile is said in the dialog", async () => {
  const { db, service, newest, at } = held();
  const { user } = openConsole({ server, db, at });
  await user.click((await card()).getByRole("button", { name: "Approve" }));
  db.reject(service.id, newest.id);
  await confirm(user, "Approve");
  expect(await screen.findByRole("alert")).toHaveTextContent("The deployment does not wait for an approval.");
});

test("Whoever is no admin sees what waits, and is told why they do not decide", async () => {
  const { db, at } = held();
  openConsole({ server, db, at, as: "dev@example.com" });
  const shown = await card();
  for (const name of ["Approve", "Reject"]) {
    expect(shown.getByRole("button", { name })).toHaveAccessibleDescription(
      "This needs the role admin. Yours is developer.",
    );
  }
});

test("What waits for its window says when that opens, and nobody has to decide", async () => {
  const { db, service, at } = held(windows());
  const { user } = openConsole({ server, db, at });
  const shown = await card("Deploy window");
  expect(shown.getByText(/^Goes on by itself when the window opens,/)).toBeVisible();
  const { waitsUntil } = db.operations.list(service.id)[0] ?? {};
  expect(shown.getByText(/ 20\d\d/)).toHaveAttribute("datetime", waitsUntil);
  expect(shown.queryByRole("button")).toBeNull();
  await user.click(screen.getByRole("link", { name: "Operations" }));
  const [operation] = within(await screen.findByRole("list", { name: "Operations" })).getAllByRole(
    "listitem",
  );
  expect(operation).toHaveTextContent("waits for its deploy window, which opens on");
});

test("What is approved outside of a window waits for that", async () => {
  const { db, at } = held({ ...windows(), approvalRequired: true });
  const { user } = openConsole({ server, db, at });
  expect((await card()).getByText("Goes on when a deploy window is open")).toBeVisible();
  await user.click((await card()).getByRole("button", { name: "Approve" }));
  await confirm(user, "Approve");
  expect((await card("Deploy window")).getByText(/^Goes on by itself/)).toBeVisible();
});

test("What is held stands in nobody's way, gives way to a newer deploy, and looks like nothing under way", async () => {
  const db = fastDatabase();
  const service = addService(db, { approvalRequired: true });
  db.deploy(service.id, "good", Date.now() - hour);
  const { user } = openConsole({ server, db, at: `/services/${service.id}` });
  await card();
  const header = within(screen.getByRole("heading", { name: "Shop" }).parentElement as HTMLElement);
  expect(header.getByText("Waits for approval")).toBeVisible();
  expect(header.queryByText(/Pending|Building|Deploying/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "More actions" }));
  expect(await screen.findByRole("menuitem", { name: /Stop/ })).toHaveAccessibleDescription("Nothing runs.");
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "Deploy" }));
  await confirm(user, "Deploy");
  await waitFor(() => expect(db.deployments(service.id)[1]?.status).toBe("superseded"));
  await waitFor(() => expect(db.deployments(service.id)[0]?.status).toBe("pending"));
  await waitFor(async () => expect(await newestDeployment()).toHaveTextContent("Waits for approval"));
});

test("What is held is found behind all that passed it", async () => {
  const { db, service, at } = held();
  for (let index = 0; index < 25; index += 1) {
    db.operations.ask(service.id, "scale", { at: Date.now() - 60_000 * (index + 1), takes: 0, replicas: 2 });
  }
  openConsole({ server, db, at });
  expect((await card()).getByRole("button", { name: "Approve" })).toBeVisible();
});

test("What waits is ended by a cancel", async () => {
  const { db, service, at } = held(windows());
  const { user } = openConsole({ server, db, at });
  await card("Deploy window");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await confirm(user, "Cancel it");
  await waitFor(() => expect(db.operations.list(service.id)[0]?.status).toBe("cancelled"));
});
