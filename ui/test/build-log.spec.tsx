import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import { Database } from "../mock/db";
import { addService, fastDatabase, openConsole, startBackend } from "./console";

const server = startBackend();

const streamPath = "*/api/containers/services/:service/builds/:build/log/stream";

const line = (number: number, text: string) =>
  `event: line\nid: ${number}\ndata: ${JSON.stringify({ line: number, at: "2026-05-01T12:00:00Z", text })}\n\n`;

const stream = (...events: string[]) =>
  new HttpResponse(events.join(""), { headers: { "Content-Type": "text/event-stream" } });

function built() {
  const db = fastDatabase();
  const service = addService(db);
  const deployment = db.deploy(service.id, "good", Date.now() - 3_600_000);
  return { db, at: `/services/${service.id}`, service, deployment };
}

test("The log of a finished build is shown whole, without escape codes, and can be downloaded", async () => {
  const { service: _, deployment, ...start } = built();
  const { user } = openConsole({ server, ...start });
  const log = await screen.findByRole("log", { name: "Build log" });
  await waitFor(() => expect(log).toHaveTextContent("64 modules transformed."));
  expect(log.textContent).not.toContain("[32m");
  expect(await screen.findByText("Complete")).toBeVisible();
  const save = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  const kept = vi.fn((_: Blob) => "blob:log");
  Object.assign(URL, { createObjectURL: kept, revokeObjectURL: () => {} });
  await user.click(screen.getByRole("button", { name: "Download" }));
  await waitFor(() => expect(save).toHaveBeenCalled());
  expect((save.mock.contexts[0] as HTMLAnchorElement).download).toBe(`build-${deployment.buildId}.log`);
  expect(kept.mock.calls[0]?.[0].size).toBeGreaterThan(100);
  save.mockRestore();
});

test("The log is not read out while it runs, and a reader may stop following it", async () => {
  // At the pace of real life: it must not be over before the page is there.
  const db = new Database();
  const service = addService(db);
  db.deploy(service.id, "good", Date.now());
  const { user } = openConsole({ server, db, at: `/services/${service.id}` });
  const log = await screen.findByRole("log", { name: "Build log" });
  expect(log).toHaveAttribute("aria-live", "off");
  const follow = screen.getByRole("switch", { name: "Follow" });
  expect(follow).toBeChecked();
  await user.click(follow);
  expect(follow).not.toBeChecked();
});

test("A broken stream is resumed behind the last line, and no line is shown twice", async () => {
  const asked: (string | null)[] = [];
  const start = built();
  openConsole({ server, ...start });
  server.use(
    http.get(streamPath, ({ request }) => {
      const after = new URL(request.url).searchParams.get("after");
      asked.push(after);
      return after === null
        ? stream(line(1, "first"), line(2, "second"))
        : stream(line(2, "second"), line(3, "third"), "event: end\ndata: {}\n\n");
    }),
  );
  const log = await screen.findByRole("log", { name: "Build log" });
  await waitFor(() => expect(log).toHaveTextContent("third"));
  expect(within(log).getAllByText("second")).toHaveLength(1);
  expect(asked.slice(1)).toContain("2");
});

test("A stream that has nothing more to send is over", async () => {
  const start = built();
  openConsole({ server, ...start });
  server.use(
    http.get(streamPath, ({ request }) =>
      new URL(request.url).searchParams.has("after")
        ? new HttpResponse(null, { status: 204 })
        : stream(line(1, "only line")),
    ),
  );
  expect(await screen.findByText("only line")).toBeVisible();
  expect(await screen.findByText("Complete")).toBeVisible();
});

test("A log cannot bring markup or foreign classes into the page", async () => {
  const start = built();
  openConsole({ server, ...start });
  server.use(
    http.get(streamPath, () => stream(line(1, "<img src=x onerror=alert(1)>"), "event: end\ndata: {}\n\n")),
  );
  expect(await screen.findByText("<img src=x onerror=alert(1)>")).toBeVisible();
  expect(screen.getByRole("log").querySelector("img")).toBeNull();
});
