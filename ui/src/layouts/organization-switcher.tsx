import { Menu, UnstyledButton } from "@mantine/core";
import { IconBuilding, IconCheck, IconPlus, IconSelector } from "@tabler/icons-react";
import { refusal } from "../access/permission";
import { useSwitchOrganization } from "../access/use-organization";
import { organizationsQuery } from "../api/access-queries";
import type { Me } from "../api/access-types";
import { useWhole } from "../api/paged";
import { createOrganization } from "../forms/organization-create";
import { ActionItem } from "../ui/action-button";
import classes from "./console-layout.module.css";

/** Which organisation the console shows, and the others that one belongs to. */
export function OrganizationSwitcher({ me }: { me: Me }) {
  const goTo = useSwitchOrganization();
  const current = me.organization;
  const own = useWhole(organizationsQuery());
  // A token knows its own organisation only.
  const offered = own.filter(({ id }) => !me.token || id === current?.id);
  return (
    <Menu position="bottom-start" width={270} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton
          className={classes.switcher}
          aria-label={`Organisation ${current?.name ?? "none"}, switch`}
        >
          <IconBuilding size={16} className={classes.switcherIcon} aria-hidden="true" />
          <span className={classes.organization}>{current?.name ?? "No organisation"}</span>
          <IconSelector size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Organisations</Menu.Label>
        {offered.map(({ id, name, role }) => (
          <Menu.Item
            key={id}
            aria-current={id === current?.id ? "true" : undefined}
            rightSection={id === current?.id ? <IconCheck size={15} aria-hidden="true" /> : undefined}
            onClick={() => id !== current?.id && goTo(id)}
          >
            <span className={classes.choice}>{name}</span>
            <span className={classes.role}>{role}</span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <ActionItem
          leftSection={<IconPlus size={15} />}
          disabledReason={refusal(me, "inPerson")}
          onClick={() => createOrganization(goTo)}
        >
          New organisation
        </ActionItem>
      </Menu.Dropdown>
    </Menu>
  );
}
