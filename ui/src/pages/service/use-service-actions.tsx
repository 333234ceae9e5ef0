import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { client } from "../../api/client";
import type { Intent } from "../../api/intent";
import type { Accepted, Deployment, Service } from "../../api/types";
import { confirmAction } from "../../ui/confirm";
import { shortCommit, shortId } from "../../util/format";
import { askForReplicas } from "./scale-dialog";

/** What can be done to a service. Each asks first, then `show`s what it set off. */
export type ServiceActions = ReturnType<typeof serviceActions>;

/** `accepted` is what the API took on. */
type Show = (accepted: Accepted | undefined, message: string) => Promise<unknown>;

/** On the service's own page, which follows the operation. */
export function useServiceActions(service: Service): ServiceActions {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const params = { serviceId: service.id };
  return serviceActions(
    service,
    async (accepted, message) => {
      notifications.show({ message });
      await queryClient.invalidateQueries();
      if (accepted?.deploymentId) {
        await navigate({
          to: "/services/$serviceId",
          params,
          search: { deployment: accepted.deploymentId },
        });
      } else if (accepted) {
        await navigate({
          to: "/services/$serviceId/operations",
          params,
          search: { operation: accepted.operationId },
        });
      }
    },
    async (_, message) => {
      notifications.show({ message });
      // Nobody is asked about settings that were not saved: there is nothing left that has them.
      await navigate({ to: "/services", ignoreBlocker: true });
      await queryClient.invalidateQueries({ queryKey: ["services"] });
    },
  );
}

/** In a list, where the row follows and the reader stays. */
export function useRowActions(service: Service): ServiceActions {
  const queryClient = useQueryClient();
  const stay: Show = async (_, message) => {
    notifications.show({ message });
    await queryClient.invalidateQueries({ queryKey: ["services"] });
  };
  return serviceActions(service, stay, stay);
}

const commitOf = ({ commitSha }: Deployment) =>
  commitSha ? (
    <>
      commit <span className="mono">{shortCommit(commitSha)}</span>
    </>
  ) : (
    "it"
  );

/** The cost of two versions that may not run at once. */
const gap = "The service does not answer for some seconds: visitors get a 503 page.";

function serviceActions(service: Service, show: Show, showLeaving: Show) {
  const params = { path: { serviceId: service.id } };
  const recreate = service.strategy === "recreate";
  const untilThen = recreate
    ? `What serves now is ended before the new version is started. ${gap}`
    : "What serves now goes on serving until then.";
  const endsFirst = recreate ? ` What serves now is ended first. ${gap}` : "";

  /** What asks for an operation that needs no more than its name. */
  const sends =
    (action: "deploy" | "rebuild" | "restart" | "start" | "stop" | "cancel", message: string) =>
    async (header: Intent) => {
      const { data } = await client.POST(`/api/containers/services/{serviceId}/${action}`, {
        params: { ...params, header },
        body: {},
      });
      await show(data, message);
    };

  /** The same of what is decided about one deployment. */
  const sendsAbout =
    (deployment: Deployment, action: "promote" | "abort" | "approve" | "reject", message: string) =>
    async (header: Intent) => {
      const { data } = await client.POST(
        `/api/containers/services/{serviceId}/deployments/{deploymentId}/${action}`,
        { params: { path: { serviceId: service.id, deploymentId: deployment.id }, header }, body: {} },
      );
      await show(data, message);
    };

  const deploy = () =>
    confirmAction({
      title: `Deploy ${service.name}?`,
      text: (
        <>
          Berth takes the newest commit of <b>{service.gitBranch}</b>, builds it where that was not done
          before, and moves the traffic once it is healthy. {untilThen}
        </>
      ),
      action: "Deploy",
      onConfirm: sends("deploy", "Deployment started"),
    });

  const rebuild = () =>
    confirmAction({
      title: `Rebuild ${service.name}?`,
      text: (
        <>
          Berth builds the newest commit of <b>{service.gitBranch}</b> again, even where it has that image,
          and deploys it.{recreate && ` ${untilThen}`}
        </>
      ),
      action: "Rebuild",
      onConfirm: sends("rebuild", "Rebuild started"),
    });

  const restart = () =>
    confirmAction({
      title: `Restart ${service.name}?`,
      text: `Berth brings the same image up with the present settings and moves the traffic once it is healthy. ${
        recreate
          ? `Nothing is built.${endsFirst}`
          : "Nothing is built, and what serves now goes on serving until then."
      }`,
      action: "Restart",
      onConfirm: sends("restart", "Restart asked for"),
    });

  const start = () =>
    confirmAction({
      title: `Start ${service.name}?`,
      text: "Berth brings the kept version up and moves the traffic to it once it is healthy. Where nothing was deployed yet, it deploys.",
      action: "Start",
      onConfirm: sends("start", "Start asked for"),
    });

  const stop = () =>
    confirmAction({
      title: `Stop ${service.name}?`,
      text: "Visitors see a page that says the service is stopped. Requests under way are answered first. Everything is kept for the next start.",
      action: "Stop",
      onConfirm: sends("stop", "Stop asked for"),
    });

  const scale = () =>
    askForReplicas(service, async (replicas, header) => {
      const { data } = await client.POST("/api/containers/services/{serviceId}/scale", {
        params: { ...params, header },
        body: { replicas },
      });
      await show(data, "Scaling asked for");
    });

  const cancel = (what: "operations" | "soak") =>
    confirmAction({
      title: `Cancel what is under way for ${service.name}?`,
      text:
        what === "soak"
          ? `The deployment serves and is still being watched. It is rolled back: ${
              recreate
                ? `it is ended, and the version before it is started again. ${gap}`
                : "the traffic goes to the version before it."
            }`
          : `What waits ends at once. What runs is asked to end, and what served before ${
              recreate
                ? "goes on serving. Where it has ended, it is started again, and visitors get a 503 page until then."
                : "goes on serving."
            } A delete, and a stop that shows its page already, are carried through.`,
      action: what === "soak" ? "Roll it back" : "Cancel it",
      dismiss: "Let it go on",
      onConfirm: sends("cancel", "Cancel asked for"),
    });

  const promote = (canary: Deployment) =>
    confirmAction({
      title: `Promote the canary of ${service.name}?`,
      text: "All of the traffic goes to the new version, which is then watched in its soak.",
      action: "Promote",
      onConfirm: sendsAbout(canary, "promote", "Promotion asked for"),
    });

  const abort = (canary: Deployment) =>
    confirmAction({
      title: `Abort the canary of ${service.name}?`,
      text: "The version that served before gets all of the traffic again, and the new one is removed.",
      action: "Abort it",
      dismiss: "Let it go on",
      onConfirm: sendsAbout(canary, "abort", "Abort asked for"),
    });

  const approve = (held: Deployment) =>
    confirmAction({
      title: `Approve the new version of ${service.name}?`,
      text: (
        <>
          Berth starts {commitOf(held)}{" "}
          {service.deployWindows.length > 0 ? "as soon as a deploy window is open" : "at once"}, and moves the
          traffic once it is healthy. {untilThen}
        </>
      ),
      action: "Approve",
      onConfirm: sendsAbout(held, "approve", "Approved"),
    });

  const reject = (held: Deployment) =>
    confirmAction({
      title: `Reject the new version of ${service.name}?`,
      text: (
        <>
          The deployment ends, and {commitOf(held)} is not started. What serves now goes on serving. Who
          changes their mind has to deploy again.
        </>
      ),
      action: "Reject it",
      dismiss: "Let it wait",
      onConfirm: sendsAbout(held, "reject", "Rejected"),
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
          . Nothing is built.{endsFirst}
        </>
      ) : (
        `The traffic goes to the newest kept deployment that is not the current one. Nothing is built.${endsFirst}`
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
      text: `Its address stops answering, and its deployments, builds, logs and images are removed${
        service.volumeMb === null ? "" : ", and its volume with all that is in it"
      }. This cannot be undone.`,
      action: "Delete service",
      typed: service.slug,
      onConfirm: async () => {
        const { data } = await client.DELETE("/api/containers/services/{serviceId}", { params });
        await showLeaving(data, `${service.name} is being deleted`);
      },
    });

  return {
    deploy,
    rebuild,
    restart,
    start,
    stop,
    scale,
    cancel,
    promote,
    abort,
    approve,
    reject,
    rollBack,
    remove,
  };
}
