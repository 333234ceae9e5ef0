import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { toDelete } from "../../access/permission";
import { useRefusal } from "../../access/use-refusal";
import { serviceQuery } from "../../api/queries";
import type { Service } from "../../api/types";
import { ServiceSettings } from "../../forms/service-settings";
import { ActionButton } from "../../ui/action-button";
import { Panel } from "../../ui/panel";
import classes from "./detail.module.css";
import { ServiceGrants } from "./service-grants";
import { useServiceActions } from "./use-service-actions";

export function SettingsTab() {
  const { serviceId } = useParams({ from: "/console/services/$serviceId" });
  const { data: service } = useQuery(serviceQuery(serviceId));
  return service ? <Settings service={service} /> : null;
}

function Settings({ service }: { service: Service }) {
  const { deploy, remove } = useServiceActions(service);
  const refused = useRefusal(toDelete(service), service.id);
  const leaving = service.status === "deleting" ? "The service is being deleted." : undefined;
  return (
    <div className={classes.settings}>
      {/* Not keyed by updatedAt: what somebody types must survive the next poll. */}
      <ServiceSettings key={service.id} service={service} onDeploy={deploy} />
      <ServiceGrants serviceId={service.id} />
      <Panel title="Delete this service">
        <div className={classes.danger}>
          <p>
            Its address stops answering, and its deployments, builds, logs and images are removed
            {service.volumeMb !== null && ", and its volume with all that is in it"}.
          </p>
          <ActionButton variant="outline" color="red" onClick={remove} disabledReason={leaving ?? refused}>
            Delete service
          </ActionButton>
        </div>
      </Panel>
    </div>
  );
}
