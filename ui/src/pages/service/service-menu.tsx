import { Button, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowsMaximize,
  IconDots,
  IconHammer,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconRocket,
  IconTrash,
} from "@tabler/icons-react";
import { type LifecycleAction, lifecycleRefusal, type Standing } from "../../access/lifecycle";
import { toDelete } from "../../access/permission";
import { useRefusal } from "../../access/use-refusal";
import type { Service } from "../../api/types";
import { ActionButton, ActionItem } from "../../ui/action-button";
import { type ServiceActions, useRowActions } from "./use-service-actions";

interface Props {
  service: Service;
  standing: Standing;
  actions: ServiceActions;
}

/** Why whoever looks may not do something to a service now; undefined where they may. */
function useActionRefusal(service: Service, standing: Standing) {
  const refused = useRefusal("deploy", service.id);
  return (action: LifecycleAction) => refused ?? lifecycleRefusal(action, standing);
}

export function DeployButton({ service, standing, actions }: Props) {
  const refusal = useActionRefusal(service, standing);
  return (
    <ActionButton
      leftSection={<IconRocket size={16} />}
      onClick={actions.deploy}
      disabledReason={refusal("deploy")}
    >
      Deploy
    </ActionButton>
  );
}

/** Everything that can be asked of a service beside a deploy. */
export function ServiceMenu(props: Props) {
  const { service, standing, actions } = props;
  const refusal = useActionRefusal(service, standing);
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <Button variant="default" px={9} aria-label="More actions" disabled={standing === "deleting"}>
          <IconDots size={16} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <RunItems {...props} />
        <ActionItem
          leftSection={<IconArrowsMaximize size={15} />}
          disabledReason={
            refusal("scale") ?? (service.volumeMb === null ? undefined : "Its volume is for one replica.")
          }
          onClick={actions.scale}
        >
          Scale
        </ActionItem>
        <Menu.Divider />
        <ActionItem
          leftSection={<IconHammer size={15} />}
          disabledReason={refusal("rebuild")}
          onClick={actions.rebuild}
        >
          Rebuild and deploy
        </ActionItem>
        <ActionItem
          leftSection={<IconArrowBackUp size={15} />}
          disabledReason={
            refusal("rollback") ?? (service.currentDeploymentId ? undefined : "Nothing serves yet.")
          }
          onClick={() => actions.rollBack()}
        >
          Roll back
        </ActionItem>
        <Menu.Divider />
        <DeleteItem {...props} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The quick actions of a row: what switches a service on and off, and its removal. */
export function RowMenu({ service, standing }: Omit<Props, "actions">) {
  const actions = useRowActions(service);
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          px={7}
          aria-label={`Actions for ${service.name}`}
          disabled={standing === "deleting"}
        >
          <IconDots size={16} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <RunItems service={service} standing={standing} actions={actions} />
        <Menu.Divider />
        <DeleteItem service={service} standing={standing} actions={actions} />
      </Menu.Dropdown>
    </Menu>
  );
}

function RunItems({ service, standing, actions }: Props) {
  const refusal = useActionRefusal(service, standing);
  return (
    <>
      <ActionItem
        leftSection={<IconPlayerPlay size={15} />}
        disabledReason={refusal("start")}
        onClick={actions.start}
      >
        Start
      </ActionItem>
      <ActionItem
        leftSection={<IconPlayerStop size={15} />}
        disabledReason={refusal("stop")}
        onClick={actions.stop}
      >
        Stop
      </ActionItem>
      <ActionItem
        leftSection={<IconRefresh size={15} />}
        disabledReason={refusal("restart")}
        onClick={actions.restart}
      >
        Restart
      </ActionItem>
    </>
  );
}

function DeleteItem({ service, standing, actions }: Props) {
  const refused = useRefusal(toDelete(service), service.id);
  return (
    <ActionItem
      color="red"
      leftSection={<IconTrash size={15} />}
      disabledReason={refused ?? lifecycleRefusal("delete", standing)}
      onClick={actions.remove}
    >
      Delete service
    </ActionItem>
  );
}
