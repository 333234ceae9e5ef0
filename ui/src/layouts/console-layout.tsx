import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { meQuery } from "../api/queries";
import { NoOrganizationPage } from "../pages/no-organization-page";
import { Wordmark } from "../ui/logo";
import { AccountMenu } from "./account-menu";
import { ColorSchemeToggle } from "./color-scheme-toggle";
import classes from "./console-layout.module.css";
import { OrganizationSwitcher } from "./organization-switcher";
import { OutageBanner } from "./outage-banner";
import { useFocusOnNewPage } from "./use-focus-on-new-page";

/** What stays round every page of somebody who is signed in. */
export function ConsoleLayout() {
  const { data: me } = useSuspenseQuery(meQuery());
  const anywhere = useRouterState({
    select: ({ location }) => /^\/(account|platform)(\/|$)/.test(location.pathname),
  });
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
          <OrganizationSwitcher me={me} />
          <nav className={classes.nav} aria-label="Main">
            <Link to="/services" className={classes.link}>
              Services
            </Link>
            <Link to="/organization" className={classes.link}>
              Organisation
            </Link>
          </nav>
          <ColorSchemeToggle />
          <AccountMenu me={me} />
        </header>
      </div>
      <OutageBanner />
      {/* Keyed: no page keeps anything of another organisation. */}
      <main id="main" key={me.organization?.id ?? ""} className={classes.main} tabIndex={-1}>
        {me.organization || anywhere ? <Outlet /> : <NoOrganizationPage />}
      </main>
    </>
  );
}
