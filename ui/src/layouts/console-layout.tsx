import {
  ActionIcon,
  Menu,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { IconChevronDown, IconLogout, IconMoon, IconSun } from "@tabler/icons-react";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { client } from "../api/client";
import { meQuery } from "../api/queries";
import { Wordmark } from "../ui/logo";
import classes from "./console-layout.module.css";
import { OutageBanner } from "./outage-banner";
import { useFocusOnNewPage } from "./use-focus-on-new-page";

/** What stays round every page of somebody who is signed in. */
export function ConsoleLayout() {
  const { data: me } = useSuspenseQuery(meQuery());
  useFocusOnNewPage("main");
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <div className={classes.bar}>
        <header className={classes.inner}>
          <Link to="/services" className={classes.home} aria-label="Berth, all services">
            <Wordmark />
          </Link>
          <span className={classes.slash} aria-hidden="true">
            /
          </span>
          <span className={classes.organization}>{me.organization?.name ?? me.email}</span>
          <nav className={classes.nav} aria-label="Main">
            <Link to="/services" className={classes.link}>
              Services
            </Link>
          </nav>
          <ColorSchemeToggle />
          <AccountMenu email={me.email} />
        </header>
      </div>
      <OutageBanner />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}

export function ColorSchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme("light") === "light" ? "dark" : "light";
  const label = `Switch to ${other} mode`;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={label}
        onClick={() => setColorScheme(other)}
      >
        {other === "dark" ? <IconMoon size={17} /> : <IconSun size={17} />}
      </ActionIcon>
    </Tooltip>
  );
}

function AccountMenu({ email }: { email: string }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();

  const signOut = async () => {
    await client.DELETE("/api/session");
    await navigate({ to: "/sign-in" });
    queryClient.clear();
  };

  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={`Account of ${email}`}>
          <span className={classes.initial} aria-hidden="true">
            {email.charAt(0).toUpperCase()}
          </span>
          <IconChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{email}</Menu.Label>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
