import { IconCheck, IconX } from "@tabler/icons-react";
import { useRefusal } from "../../access/use-refusal";
import type { Build, Deployment, Operation, Service } from "../../api/types";
import { ActionButton } from "../../ui/action-button";
import { Ago } from "../../ui/ago";
import { type Fact, Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { formatTimeAndZone, shortCommit } from "../../util/format";
import { useServiceActions } from "./use-service-actions";

interface Props {
  service: Service;
  deployment: Deployment;
  build: Build | undefined;
  /** The deployment's own. */
  operation: Operation;
}

/** It waits since the last that had to be done first was done. A build may be older than the deployment that takes its image. */
function heldSince({ deployment, build }: Pick<Props, "deployment" | "build">): string {
  const moments = [deployment.createdAt, build?.finishedAt, deployment.approvedAt].filter(
    (moment) => typeof moment === "string",
  );
  return moments.reduce((latest, moment) => (Date.parse(moment) > Date.parse(latest) ? moment : latest));
}

/** A deployment that is built and not started yet: what it waits for, and what an admin may decide. */
export function HeldCard(props: Props) {
  const { service, deployment, operation } = props;
  const byApproval = operation.waitingFor === "approval";
  return (
    <Panel
      title={byApproval ? "Approval" : "Deploy window"}
      aside={byApproval && <Decisions service={service} deployment={deployment} />}
    >
      <Facts
        facts={[
          {
            label: "New version",
            value: deployment.commitSha ? (
              <>
                Commit <span className="mono">{shortCommit(deployment.commitSha)}</span>
              </>
            ) : (
              "–"
            ),
          },
          { label: "Waits since", value: <Ago at={heldSince(props)} /> },
          byApproval ? thenFact(service) : opensFact(operation),
        ]}
      />
    </Panel>
  );
}

const thenFact = ({ deployWindows }: Service): Fact => ({
  label: "Once an admin approves it",
  value: deployWindows.length > 0 ? "Goes on when a deploy window is open" : "Goes on at once",
  wide: true,
});

const opensFact = ({ waitsUntil }: Operation): Fact => ({
  label: "Then",
  value: waitsUntil ? (
    <>
      Goes on by itself when the window opens,{" "}
      <time dateTime={waitsUntil}>{formatTimeAndZone(waitsUntil)}</time>
    </>
  ) : (
    "Goes on by itself when the window opens"
  ),
  wide: true,
});

function Decisions({ service, deployment }: Pick<Props, "service" | "deployment">) {
  const { approve, reject } = useServiceActions(service);
  const refused = useRefusal("administer", service.id);
  return (
    <>
      <ActionButton
        variant="default"
        size="compact-sm"
        leftSection={<IconX size={14} />}
        disabledReason={refused}
        onClick={() => reject(deployment)}
      >
        Reject
      </ActionButton>
      <ActionButton
        size="compact-sm"
        leftSection={<IconCheck size={14} />}
        disabledReason={refused}
        onClick={() => approve(deployment)}
      >
        Approve
      </ActionButton>
    </>
  );
}
