import { IconCheck, IconX } from "@tabler/icons-react";
import { useRefusal } from "../../access/use-refusal";
import type { Canary, Deployment, Service } from "../../api/types";
import { ActionButton } from "../../ui/action-button";
import { Ago } from "../../ui/ago";
import { Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { formatTimeAndZone } from "../../util/format";
import { isMoving } from "../../util/status";
import { useServiceActions } from "./use-service-actions";

interface Props {
  service: Service;
  deployment: Deployment;
  canary: Canary;
}

/** Whether it has its part now and somebody may still decide. */
const waits = ({ deployment, canary }: Omit<Props, "service">) =>
  isMoving(deployment.status) && !canary.decision;

function share(canary: Canary): string {
  return canary.requests === 0 ? "–" : `${((canary.errors / canary.requests) * 100).toFixed(1)} %`;
}

function outcome({ deployment, canary }: Omit<Props, "service">): string {
  if (canary.decision) {
    return canary.decision === "promote" ? "Promoted" : "Aborted";
  }
  return isMoving(deployment.status) ? "Waits for a decision" : "Cancelled";
}

/** The part of the traffic that a deployment got first: what came of it, and what a person may decide. */
export function CanaryCard(props: Props) {
  const { canary } = props;
  return (
    <Panel title="Canary" aside={waits(props) && <Decisions {...props} />}>
      <Facts
        facts={[
          { label: "State", value: outcome(props) },
          { label: "Part", value: `${canary.weight} % of the requests` },
          { label: "Since", value: <Ago at={canary.since} /> },
          {
            label: canary.promotesItself ? "Promoted by itself" : "Aborted by itself",
            value: waits(props) ? (
              <time dateTime={canary.until}>{formatTimeAndZone(canary.until)}</time>
            ) : (
              "–"
            ),
          },
          { label: "Requests", value: <span className="mono">{canary.requests}</span> },
          {
            label: "Errors",
            value: (
              <span className="mono">
                {canary.errors} ({share(canary)}, at most {canary.maxErrorPercent} %)
              </span>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Decisions({ service, deployment }: Props) {
  const { promote, abort } = useServiceActions(service);
  const refused = useRefusal("deploy", service.id);
  return (
    <>
      <ActionButton
        variant="default"
        size="compact-sm"
        leftSection={<IconX size={14} />}
        disabledReason={refused}
        onClick={() => abort(deployment)}
      >
        Abort
      </ActionButton>
      <ActionButton
        size="compact-sm"
        leftSection={<IconCheck size={14} />}
        disabledReason={refused}
        onClick={() => promote(deployment)}
      >
        Promote
      </ActionButton>
    </>
  );
}
