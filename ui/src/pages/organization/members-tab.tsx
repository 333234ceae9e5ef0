import { Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { rolesToGive } from "../../access/permission";
import { useOrganization, useSwitchOrganization } from "../../access/use-organization";
import { useRefusal } from "../../access/use-refusal";
import { membersQuery } from "../../api/access-queries";
import type { Member, Role } from "../../api/access-types";
import { client } from "../../api/client";
import { itemsOf } from "../../api/paged";
import { isShown } from "../../api/problem";
import { meQuery } from "../../api/queries";
import { ActionButton } from "../../ui/action-button";
import { Ago } from "../../ui/ago";
import { confirmAction } from "../../ui/confirm";
import { DataTable, TwoLines } from "../../ui/data-table";
import { Panel } from "../../ui/panel";
import { ShowMore } from "../../ui/show-more";
import { Unread } from "../../ui/unread";
import classes from "./organization.module.css";

export function MembersTab() {
  const { id } = useOrganization();
  const { data: me } = useSuspenseQuery(meQuery());
  const query = useInfiniteQuery(membersQuery(id));
  const members = itemsOf(query.data);
  const owners = members.filter(({ role }) => role === "owner").length;
  return (
    <Panel title="Members" aside={<Link to="/organization/invitations">Invite somebody</Link>} flush>
      <Unread query={query} />
      {isShown(query) && (
        <DataTable
          label="Members"
          rows={members}
          keyOf={({ userId }) => userId}
          columns={[
            {
              header: "Name",
              cell: (member) => (
                <TwoLines
                  main={
                    <>
                      {member.displayName}
                      {member.userId === me.userId && <span className={classes.mark}>You</span>}
                    </>
                  }
                  sub={member.email}
                />
              ),
            },
            {
              header: "Role",
              cell: (member) => <RoleSelect member={member} lastOwner={owners === 1 && !query.hasNextPage} />,
            },
            { header: "Joined", tight: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
            {
              header: "Actions",
              actions: true,
              cell: (member) => (
                <Leave
                  member={member}
                  own={member.userId === me.userId}
                  lastOwner={owners === 1 && !query.hasNextPage}
                />
              ),
            },
          ]}
        />
      )}
      <ShowMore query={query} />
    </Panel>
  );
}

/** Why a member's place is not to be touched by somebody who may change members in general. */
function useMemberRefusal(member: Member, lastOwner: boolean): string | undefined {
  const { role } = useOrganization();
  const refused = useRefusal("administer");
  if (refused) {
    return refused;
  }
  if (member.role === "owner" && role !== "owner") {
    return "Only an owner changes an owner.";
  }
  return member.role === "owner" && lastOwner ? "The last owner stays. Make another owner first." : undefined;
}

function RoleSelect({ member, lastOwner }: { member: Member; lastOwner: boolean }) {
  const { id, role } = useOrganization();
  const queryClient = useQueryClient();
  const refused = useMemberRefusal(member, lastOwner);
  if (refused) {
    return (
      <ActionButton
        className={classes.fixedRole}
        variant="default"
        size="xs"
        disabledReason={refused}
        aria-label={`Role of ${member.displayName}: ${member.role}`}
      >
        {wordOf(member.role)}
      </ActionButton>
    );
  }
  const change = (wanted: Role) =>
    confirmAction({
      title: `Make ${member.displayName} ${articleOf(wanted)} ${wanted}?`,
      text: roleMeaning[wanted],
      action: "Change role",
      onConfirm: async () => {
        await client.PATCH("/api/orgs/{organizationId}/members/{userId}", {
          params: { path: { organizationId: id, userId: member.userId } },
          body: { role: wanted },
        });
        notifications.show({ message: `${member.displayName} is ${articleOf(wanted)} ${wanted} now` });
        await queryClient.invalidateQueries();
      },
    });
  return (
    <Select
      className={classes.roleSelect}
      size="xs"
      aria-label={`Role of ${member.displayName}`}
      allowDeselect={false}
      data={rolesToGive(role).map((value) => ({ value, label: wordOf(value) }))}
      value={member.role}
      onChange={(value) => value && value !== member.role && change(value as Role)}
    />
  );
}

function Leave({ member, own, lastOwner }: { member: Member; own: boolean; lastOwner: boolean }) {
  const { id, name } = useOrganization();
  const queryClient = useQueryClient();
  const goTo = useSwitchOrganization();
  const notTheirs = useMemberRefusal(member, lastOwner);
  const notMine = useRefusal("inPerson");
  const last = member.role === "owner" && lastOwner;
  const refused = own ? (last ? "The last owner stays. Make another owner first." : notMine) : notTheirs;

  const ask = () =>
    confirmAction({
      title: own ? `Leave ${name}?` : `Remove ${member.displayName}?`,
      text: own
        ? "You lose sight of its services at once. Somebody must invite you to come back."
        : `${member.email} loses sight of ${name} at once, and so do the tokens that they hold here.`,
      action: own ? "Leave" : "Remove",
      onConfirm: async () => {
        await (own
          ? client.DELETE("/api/me/orgs/{organizationId}", { params: { path: { organizationId: id } } })
          : client.DELETE("/api/orgs/{organizationId}/members/{userId}", {
              params: { path: { organizationId: id, userId: member.userId } },
            }));
        notifications.show({ message: own ? `You left ${name}` : `${member.displayName} is removed` });
        await (own ? goTo(undefined) : queryClient.invalidateQueries());
      },
    });
  return (
    <ActionButton
      variant="subtle"
      color="red"
      size="compact-sm"
      disabledReason={refused}
      aria-label={own ? `Leave ${name}` : `Remove ${member.displayName}`}
      onClick={ask}
    >
      {own ? "Leave" : "Remove"}
    </ActionButton>
  );
}

const wordOf = (role: Role) => role.charAt(0).toUpperCase() + role.slice(1);

const articleOf = (role: Role) => (/^[aeio]/.test(role) ? "an" : "a");

const roleMeaning: Record<Role, string> = {
  viewer: "Viewers see the services, their deployments and their logs, and change nothing.",
  developer: "Developers change and deploy the services.",
  admin: "Admins do what developers do, and manage members, invitations, tokens, grants and the audit log.",
  owner: "Owners do everything, also rename and delete the organisation and make other owners.",
};
