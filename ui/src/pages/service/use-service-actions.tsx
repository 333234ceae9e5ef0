import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { client } from "../../api/client";
import type { Accepted, Deployment, Service } from "../../api/types";
import { confirmAction } from "../../ui/confirm";
import { shortCommit, shortId } from "../../util/format";

/** What can be done to a service. Each asks first, then shows what it set off. */
export function useServiceActions(service: Service) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const params = { path: { serviceId: service.id } };

  const show = async (accepted: Accepted | undefined, message: string) => {
    notifications.show({ message });
    await queryClient.invalidateQueries();
    if (accepted?.deploymentId) {
      await navigate({
        to: "/services/$serviceId",
        params: { serviceId: service.id },
        search: { deployment: accepted.deploymentId },
      });
    }
  };

  const deploy = () =>
    confirmAction({
      title: `Deploy ${service.name}?`,
      text: (
        <>
          Berth takes the newest commit of <b>{service.gitBranch}</b>, builds it where that was not done
          before, and moves the traffic once it is healthy. What serves now goes on serving until then.
        </>
      ),
      action: "Deploy",
      onConfirm: async (header) => {
        const { data } = await client.POST("/api/containers/services/{serviceId}/deploy", {
          params: { ...params, header },
          body: {},
        });
        await show(data, "Deployment started");
      },
    });

  const rebuild = () =>
    confirmAction({
      title: `Rebuild ${service.name}?`,
      text: (
        <>
          Berth builds the newest commit of <b>{service.gitBranch}</b> again, even where it has that image,
          and deploys it.
        </>
      ),
      action: "Rebuild",
      onConfirm: async (header) => {
        const { data } = await client.POST("/api/containers/services/{serviceId}/rebuild", {
          params: { ...params, header },
          body: {},
        });
        await show(data, "Rebuild started");
      },
    });

  /** Without a target, Berth takes the newest deployment that it kept. */
  const rollBack = (target?: Deployment) =>
    confirmAction({
      title: `Roll back ${service.name}?`,
      text: target ? (
        <>
          The traffic goes to deployment <span className="mono">{shortId(target.id)}</span>
          {target.commitSha && (
            <>
              {" "}
              of commit <span className="mono">{shortCommit(target.commitSha)}</span>
            </>
          )}
          . Nothing is built.
        </>
      ) : (
        "The traffic goes to the newest kept deployment that is not the current one. Nothing is built."
      ),
      action: "Roll back",
      onConfirm: async (header) => {
        const { data } = await client.POST("/api/containers/services/{serviceId}/rollback", {
          params: { ...params, header },
          body: target ? { deploymentId: target.id } : {},
        });
        await show(data, "Roll-back started");
      },
    });

  const remove = () =>
    confirmAction({
      title: `Delete ${service.name}?`,
      text: "Its address stops answering, and its deployments, builds, logs and images are removed. This cannot be undone.",
      action: "Delete service",
      typed: service.slug,
      onConfirm: async () => {
        await client.DELETE("/api/containers/services/{serviceId}", { params });
        notifications.show({ message: `${service.name} is being deleted` });
        await navigate({ to: "/services" });
        await queryClient.invalidateQueries({ queryKey: ["services"] });
      },
    });

  return { deploy, rebuild, rollBack, remove };
}
