import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { serviceQuery } from "../../api/queries";
import type { Service } from "../../api/types";
import { ServiceSettings } from "../../forms/service-settings";
import { Panel } from "../../ui/panel";
import classes from "./detail.module.css";
import { useServiceActions } from "./use-service-actions";

export function SettingsTab() {
  const { serviceId } = useParams({ from: "/console/services/$serviceId" });
  const { data: service } = useQuery(serviceQuery(serviceId));
  return service ? <Settings service={service} /> : null;
}

function Settings({ service }: { service: Service }) {
  const { deploy, remove } = useServiceActions(service);
  return (
    <div className={classes.settings}>
      {/* Not keyed by updatedAt: what somebody types must survive the next poll. */}
      <ServiceSettings key={service.id} service={service} onDeploy={deploy} />
      <Panel title="Delete this service">
        <div className={classes.danger}>
          <p>Its address stops answering, and its deployments, builds, logs and images are removed.</p>
          <Button variant="outline" color="red" onClick={remove} disabled={service.status === "deleting"}>
            Delete service
          </Button>
        </div>
      </Panel>
    </div>
  );
}
