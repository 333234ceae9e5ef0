import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { refusal } from "../../access/permission";
import { meQuery } from "../../api/queries";
import { EmptyState } from "../../ui/empty-state";
import { PageHeader } from "../../ui/page-header";
import { PageTabs } from "../../ui/page-tabs";
import { Panel } from "../../ui/panel";

/** For those who run the platform: who is here, and nothing of what they have. */
export function PlatformPage() {
  const { data: me } = useSuspenseQuery(meQuery());
  const refused = refusal(me, "operate");
  return (
    <>
      <PageHeader title="Platform" meta="Everybody here. What they have is theirs: you see none of it." />
      {refused ? (
        <Panel title="People" flush>
          <EmptyState title="You do not see the platform">
            <p>{refused}</p>
          </EmptyState>
        </Panel>
      ) : (
        <>
          <PageTabs label="Platform">
            <Link to="/platform" activeOptions={{ exact: true }}>
              People
            </Link>
            <Link to="/platform/organizations">Organisations</Link>
          </PageTabs>
          <Outlet />
        </>
      )}
    </>
  );
}
