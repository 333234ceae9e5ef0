import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { refusal } from "../../access/permission";
import { meQuery } from "../../api/queries";
import classes from "../../ui/form.module.css";
import { Notice } from "../../ui/notice";
import { PageHeader } from "../../ui/page-header";
import { PageTabs } from "../../ui/page-tabs";

export function AccountPage() {
  const { data: me } = useSuspenseQuery(meQuery());
  const refused = refusal(me, "inPerson");
  return (
    <>
      <PageHeader title="Your account" meta={me.email} />
      <PageTabs label="Account">
        <Link to="/account" activeOptions={{ exact: true }}>
          Profile
        </Link>
        <Link to="/account/password">Password</Link>
        <Link to="/account/two-step">Two-step sign-in</Link>
        <Link to="/account/sessions">Sessions</Link>
      </PageTabs>
      <div className={classes.narrow}>
        {refused && (
          <Notice tone="info" title="You signed in with a token">
            <p>{refused}</p>
          </Notice>
        )}
        <Outlet />
      </div>
    </>
  );
}
