import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Canary, Deployment } from "../src/api/types";
import { addService, confirm, fastDatabase, fill, openConsole, startBackend } from "./console";

const server = startBackend();

const waiting: Canary = {
  weight: 25,
  since: new Date(Date.now() - 60_000).toISOString(),
  until: new Date(Date.now() + 3_600_000).toISOString(),
  requests: 400,
  errors: 6,
  maxErrorPercent: 5,
  promotesItself: false,
  decision: null,
};

/** Opens a deployment that has a part of the traffic; `asked` hears what is decided. */
function openCanary(changes: Partial<Deployment> & { canary: Canary }) {
  const db = fastDatabase();
  const service = addService(db);
  db.deploy(service.id, "good", Date.now() - 3_600_000);
  const newest = db.deploy(service.id, "never-healthy", Date.now() - 120_000);
  const { user } = openConsole({ server, db, at: `/services/${service.id}?deployment=${newest.id}` });
  const asked: string[] = [];
  const address = "*/api/containers/services/:id/deployments/:deploymentId";
  server.use(
    http.get(address, () =>
      HttpResponse.json({
        ...db.deployments(service.id).find((each) => each.id === newest.id),
        status: "deploying",
        reason: null,
        ...changes,
      }),
    ),
    http.post(`${address}/:word`, ({ params, request }) => {
      asked.push(`${params.word} ${params.deploymentId} ${request.headers.has("Idempotency-Key")}`);
      return HttpResponse.json({ operationId: newest.operationId, deploymentId: newest.id }, { status: 202 });
    }),
  );
  return { user, asked, newest };
}

const card = async () => within(await screen.findByRole("region", { name: "Canary" }));

test("A canary that waits shows its part and its errors, and is promoted by a person", async () => {
  const { user, asked, newest } = openCanary({ canary: waiting });
  const shown = await card();
  expect(shown.getByText("25 % of the requests")).toBeVisible();
  expect(shown.getByText("400")).toBeVisible();
  expect(shown.getByText("6 (1.5 %, at most 5 %)")).toBeVisible();
  expect(shown.getByText("Waits for a decision")).toBeVisible();
  expect(screen.getByText("25 % as a canary")).toBeVisible();
  await user.click(shown.getByRole("button", { name: "Promote" }));
  await confirm(user, "Promote");
  await waitFor(() => expect(asked).toEqual([`promote ${newest.id} true`]));
});

test("A canary is aborted by a person", async () => {
  const { user, asked, newest } = openCanary({ canary: waiting });
  await user.click((await card()).getByRole("button", { name: "Abort" }));
  expect(await screen.findByRole("dialog")).toHaveTextContent("gets all of the traffic again");
  await confirm(user, "Abort it");
  await waitFor(() => expect(asked).toEqual([`abort ${newest.id} true`]));
});

test("What was decided is told and not asked again", async () => {
  openCanary({ status: "failed", canary: { ...waiting, errors: 90, decision: "abort" } });
  const shown = await card();
  expect(shown.getByText("Aborted")).toBeVisible();
  expect(shown.getByText("90 (22.5 %, at most 5 %)")).toBeVisible();
  expect(shown.queryByRole("button")).toBeNull();
});

test("The numbers of a canary are set where there is to be one", async () => {
  const db = fastDatabase();
  const service = addService(db);
  const { user } = openConsole({ server, db, at: `/services/${service.id}/settings` });
  const canary = await screen.findByRole("radio", { name: /A part first/ });
  expect(screen.queryByRole("textbox", { name: "Canary's part" })).toBeNull();
  await user.click(canary);
  await fill(user, await screen.findByRole("textbox", { name: "Canary's part" }), "20");
  await fill(user, screen.getByRole("textbox", { name: "Promoted by itself after" }), "600");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(db.find(service.id)).toMatchObject({
      strategy: "canary",
      canaryWeight: 20,
      canaryHoldSeconds: 600,
      canaryMaxErrorPercent: 5,
    }),
  );
});
