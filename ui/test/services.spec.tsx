import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, expect, test } from "vitest";
import { chooseOrganization } from "../src/access/chosen-organization";
import { pollInterval } from "../src/api/queries";
import { addService, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

afterEach(() => chooseOrganization(undefined));

const rows = async () =>
  within(await screen.findByRole("table", { name: "Services" })).getAllByRole("rowheader");

test("An organisation without services is taught the first deploy", async () => {
  openConsole({ server });
  expect(await screen.findByRole("region", { name: "Your first deploy" })).toBeVisible();
  expect(screen.getByRole("link", { name: "New service" })).toHaveAttribute("href", "/services/new");
});

test("The search narrows the list and stands in the URL", async () => {
  const db = fastDatabase();
  addService(db, { name: "Shop" });
  addService(db, { name: "Mailer" });
  const { user, history } = openConsole({ server, db, at: "/services" });
  expect(await rows()).toHaveLength(2);
  await fill(user, screen.getByRole("textbox", { name: "Search services" }), "mail");
  await waitFor(async () => expect(await rows()).toHaveLength(1));
  expect(history.location.search).toContain("search=mail");
});

test("A filter from the URL that matches nothing offers a way out", async () => {
  const db = fastDatabase();
  addService(db);
  const { user } = openConsole({ server, db, at: "/services?status=stopped" });
  await user.click(await screen.findByRole("link", { name: "Clear filter" }));
  expect(await rows()).toHaveLength(1);
});

test.each(["Clear filter", "Services"])(
  "The search box is emptied with its filter, by “%s” too",
  async (name) => {
    const db = fastDatabase();
    addService(db);
    const { user } = openConsole({ server, db, at: "/services" });
    const box = await screen.findByRole("textbox", { name: "Search services" });
    await fill(user, box, "nothing like it");
    expect(await screen.findByText("No service matches")).toBeVisible();
    await user.click(screen.getByRole("link", { name }));
    await waitFor(() => expect(box).toHaveValue(""));
    expect(await rows()).toHaveLength(1);
  },
);

test("A row follows its service without a reload", async () => {
  const db = fastDatabase();
  const service = addService(db);
  openConsole({ server, db, at: "/services" });
  expect((await rows())[0]).toHaveTextContent("Shop");
  const table = within(screen.getByRole("table", { name: "Services" }));
  expect(table.getByText("Pending")).toBeVisible();
  db.deploy(service.id);
  expect(await table.findByText("Running")).toBeVisible();
  expect(screen.getByRole("link", { name: /shop\.localhost/ })).toHaveAttribute("href", service.url);
});

test("A new service is created and deployed, and its deployment is watched", async () => {
  const { user, history } = openConsole({ server, at: "/services/new" });
  await fill(user, await screen.findByRole("textbox", { name: "Name" }), "Shop frontend");
  await fill(user, screen.getByRole("textbox", { name: /Git repository/ }), "https://git.example/shop");
  await user.click(screen.getByRole("button", { name: "Add variable" }));
  await fill(user, screen.getByRole("textbox", { name: "Name of variable 1" }), "MODE");
  await fill(user, screen.getByRole("textbox", { name: "Value of MODE" }), "fast");
  await user.click(screen.getByRole("button", { name: "Create and deploy" }));
  expect(await screen.findByRole("heading", { name: "Shop frontend" })).toBeVisible();
  expect(history.location.search).toContain("deployment=");
  expect(await screen.findByRole("list", { name: "Build steps" })).toBeVisible();
});

test("A service that is created but not deployed says why until that is closed", async () => {
  const { user } = openConsole({ server, at: "/services/new" });
  await fill(user, await screen.findByRole("textbox", { name: "Name" }), "Shop frontend");
  await fill(user, screen.getByRole("textbox", { name: /Git repository/ }), "https://git.example/shop");
  server.use(
    http.post("*/api/containers/services/:id/deploy", () =>
      HttpResponse.json(
        {
          title: "The organisation may have no more",
          detail: "The organisation's quota has no room for this.",
          shortages: [{ resource: "memory_mb", wanted: 256, used: 1_024, limit: 1_024 }],
        },
        { status: 507 },
      ),
    ),
  );
  await user.click(screen.getByRole("button", { name: "Create and deploy" }));
  expect(await screen.findByRole("heading", { name: "Shop frontend" })).toBeVisible();
  const refusal = await screen.findByRole("alert");
  expect(refusal).toHaveTextContent("Shop frontend is created, but not deployed");
  expect(refusal).toHaveTextContent("The organisation's quota has no room for this.");
  expect(within(refusal).getByRole("list", { name: "What lacks" })).toHaveTextContent("256 MiB more wanted");
  await user.click(within(refusal).getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByText(/but not deployed/)).toBeNull());
});

test("What is missing is said at its field before the API is asked", async () => {
  const { user } = openConsole({ server, at: "/services/new" });
  await user.click(await screen.findByRole("button", { name: "Create and deploy" }));
  expect(await screen.findByText("Give the service a name")).toBeVisible();
  expect(screen.getByRole("textbox", { name: /Git repository/ })).toBeInvalid();
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveFocus();
});

test("What the API refuses is said at the field that its pointer names", async () => {
  const { user } = openConsole({ server, at: "/services/new" });
  await fill(user, await screen.findByRole("textbox", { name: "Name" }), "Taken");
  await fill(user, screen.getByRole("textbox", { name: /Git repository/ }), "https://127.0.0.1/shop");
  await user.click(screen.getByRole("button", { name: "Create only" }));
  expect(await screen.findByText("This slug is in use in your organisation.")).toBeVisible();
  expect(screen.getByRole("textbox", { name: /Git repository/ })).toBeInvalid();
  expect(screen.getByRole("alert")).toHaveTextContent("Berth refused some fields");
});

test("While the API does not answer, the page stays and says so", async () => {
  const db = fastDatabase();
  addService(db);
  openConsole({ server, db, at: "/services" });
  expect(await rows()).toHaveLength(1);
  server.use(http.get("*/api/containers/services", () => HttpResponse.error()));
  expect(await screen.findByText(/Berth does not answer/)).toBeVisible();
  expect(await rows()).toHaveLength(1);
});

test("While the API asks for fewer requests, the page says so and asks no sooner than it may", async () => {
  const db = fastDatabase();
  addService(db);
  openConsole({ server, db, at: "/services" });
  expect(await rows()).toHaveLength(1);
  let asked = 0;
  server.use(
    http.get("*/api/containers/services", () => {
      asked += 1;
      return HttpResponse.json(
        { type: "/problems/too-many-requests", title: "Too many requests", status: 429 },
        { status: 429, headers: { "Retry-After": "60" } },
      );
    }),
  );
  expect(await screen.findByText(/Too many requests come from here/)).toBeVisible();
  expect(await rows()).toHaveLength(1);
  await new Promise((resolve) => setTimeout(resolve, 2 * pollInterval + 500));
  expect(asked).toBe(1);
});

test("Whoever is removed from an organisation is told, and sees the next one", async () => {
  const db = fastDatabase();
  addService(db);
  openConsole({ server, db, at: "/services" });
  expect(await rows()).toHaveLength(1);
  const captain = db.people.person("captain@example.com");
  db.people.seats = db.people.seats.filter(
    (seat) => seat.organizationId !== db.home || seat.userId !== captain?.id,
  );
  expect(await screen.findByText("You do not belong to Northwind any more")).toBeVisible();
  expect(await screen.findByRole("button", { name: /Organisation Lighthouse Labs/ })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Shop" })).not.toBeInTheDocument();
});

test("An address that names nothing says so", async () => {
  openConsole({ server, at: "/services/019a0000-0000-7000-8000-000000000000" });
  expect(await screen.findByRole("heading", { name: "Nothing is moored here" })).toBeVisible();
});
