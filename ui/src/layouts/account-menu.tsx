import { Menu, UnstyledButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown, IconLogout, IconServerCog, IconUser } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { forgetAll } from "../access/forget";
import type { Me } from "../api/access-types";
import { client } from "../api/client";
import { sentenceOf } from "../api/problem";
import classes from "./console-layout.module.css";

export function AccountMenu({ me }: { me: Me }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();

  const signOut = async () => {
    try {
      await client.DELETE("/api/session");
    } catch (error) {
      notifications.show({
        color: "red",
        title: "You may still be signed in",
        message: sentenceOf(error),
        autoClose: false,
      });
      return;
    }
    await navigate({ to: "/sign-in" });
    forgetAll(queryClient);
  };

  return (
    <Menu position="bottom-end" width={240} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={`Account of ${me.email}`}>
          <span className={classes.initial} aria-hidden="true">
            {(me.displayName || me.email).charAt(0).toUpperCase()}
          </span>
          <IconChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes.who}>
          {me.displayName && <b>{me.displayName}</b>}
          <span>{me.email}</span>
          {me.token && <span>By a token with the scope {me.token.scope}</span>}
        </Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={15} />}>
          Your account
        </Menu.Item>
        {me.platformAdmin && (
          <Menu.Item component={Link} to="/platform" leftSection={<IconServerCog size={15} />}>
            Platform
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
