import { Link, Outlet } from "@tanstack/react-router";
import { useOrganization } from "../../access/use-organization";
import { PageHeader } from "../../ui/page-header";
import { PageTabs } from "../../ui/page-tabs";

export function OrganizationPage() {
  const { name, role } = useOrganization();
  return (
    <>
      <PageHeader title={name} meta={`Your role here is ${role}.`} />
      <PageTabs label="Organisation">
        <Link to="/organization" activeOptions={{ exact: true }}>
          General
        </Link>
        <Link to="/organization/members">Members</Link>
        <Link to="/organization/invitations">Invitations</Link>
        <Link to="/organization/tokens">Tokens</Link>
        <Link to="/organization/audit">Audit log</Link>
      </PageTabs>
      <Outlet />
    </>
  );
}
