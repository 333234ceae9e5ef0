import { http } from "msw";
import { refusal } from "../src/access/permission";
import type { Me } from "../src/api/access-types";
import type { ServiceCreate } from "../src/api/types";
import { changedGates, type GateValues, gatesOf } from "../src/forms/gate-values";
import { notFound, problem } from "./answers";
import type { Database } from "./db";
import type { Guard } from "./guard";
import { accepted } from "./lifecycle-handlers";
import type { Revision } from "./revision";

const adminsOnly =
  "Only admins of the organisation change what a deployment has to pass: approvalRequired, deployWindows and deployWindowZone.";

/** The refusal of whoever is no admin and changes a gate; undefined where nobody does. */
export function gateRefusal(me: Me, body: Partial<ServiceCreate>, present: GateValues) {
  const wanted = gatesOf({ ...present, ...body });
  return Object.keys(changedGates(wanted, present)).length > 0 && refusal(me, "administer")
    ? problem(403, "forbidden", "Not allowed", adminsOnly)
    : undefined;
}

/** What an admin decides about a deployment that is held. */
export function gateHandlers(db: Database, guard: Guard) {
  const decide = (
    word: string,
    decision: (serviceId: string, deploymentId: string) => Revision | undefined,
  ) =>
    http.post(
      `*/api/containers/services/:id/deployments/:deploymentId/${word}`,
      guard.may("administer", ({ params, organizationId }) => {
        if (!db.find(String(params.id), organizationId)) {
          return notFound();
        }
        const revision = decision(String(params.id), String(params.deploymentId));
        return revision
          ? accepted(revision.operationId, revision.id)
          : problem(
              409,
              "conflict",
              "There is nothing to decide",
              "The deployment does not wait for an approval.",
            );
      }),
    );

  return [
    decide("approve", (serviceId, deploymentId) => db.approve(serviceId, deploymentId)),
    decide("reject", (serviceId, deploymentId) => db.reject(serviceId, deploymentId)),
  ];
}
