import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { aboveOwn } from "../../access/permission";
import { useOrganization } from "../../access/use-organization";
import { useRefusal } from "../../access/use-refusal";
import { allMembersQuery, invitationsQuery } from "../../api/access-queries";
import type { Invitation } from "../../api/access-types";
import { client } from "../../api/client";
import { itemsOf, useWhole } from "../../api/paged";
import { InvitationCreate } from "../../forms/invitation-create";
import { ActionButton } from "../../ui/action-button";
import { Ago } from "../../ui/ago";
import { confirmAction } from "../../ui/confirm";
import { DataTable, TwoLines } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import classes from "../../ui/form.module.css";
import { Notice } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { ShowMore } from "../../ui/show-more";
import { StatusBadge } from "../../ui/status-badge";
import { Unread } from "../../ui/unread";
import { formatDay } from "../../util/format";

const stateOf = ({ expiresAt }: Invitation) =>
  Date.parse(expiresAt) > Date.now()
    ? ({ tone: "busy", word: "Pending" } as const)
    : ({ tone: "warn", word: "Expired" } as const);

export function InvitationsTab() {
  const [made, setMade] = useState<Invitation>();
  return (
    <div className={classes.stack}>
      <Panel title="Invite somebody">
        <div className={classes.stack}>
          <InvitationCreate onDone={setMade} />
          {made && (
            <Notice tone="info" title={`${made.email} is invited`}>
              <p>
                A link is on its way by e-mail. It works once and ends {formatDay(made.expiresAt)}. A new
                invitation to the same address ends this one.
              </p>
            </Notice>
          )}
        </div>
      </Panel>
      <Invitations />
    </div>
  );
}

function Invitations() {
  const { id } = useOrganization();
  const refused = useRefusal("administer");
  const query = useInfiniteQuery({ ...invitationsQuery(id), enabled: !refused });
  const members = useWhole(allMembersQuery(id));
  const inviters = new Map(members.map(({ userId, displayName }) => [userId, `Invited by ${displayName}`]));
  const invitations = itemsOf(query.data);
  if (refused) {
    return (
      <Panel title="Invitations" flush>
        <EmptyState title="You do not see the invitations">
          <p>{refused}</p>
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel title="Invitations" flush>
      <Unread query={query} />
      {query.data && invitations.length === 0 && (
        <EmptyState title="Nobody is invited">
          <p>An invitation is a link that makes somebody a member. It works once and ends after a week.</p>
        </EmptyState>
      )}
      {invitations.length > 0 && (
        <DataTable
          label="Invitations"
          rows={invitations}
          keyOf={(invitation) => invitation.id}
          columns={[
            {
              header: "E-mail",
              cell: ({ email, invitedBy }) => (
                <TwoLines main={email} sub={inviters.get(invitedBy ?? "") ?? undefined} />
              ),
            },
            { header: "Role", cell: ({ role }) => role },
            {
              header: "State",
              tight: true,
              cell: (invitation) => <StatusBadge plain {...stateOf(invitation)} />,
            },
            { header: "Made", tight: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
            { header: "Ends", tight: true, cell: ({ expiresAt }) => formatDay(expiresAt) },
            {
              header: "Actions",
              actions: true,
              cell: (invitation) => <Revoke invitation={invitation} />,
            },
          ]}
        />
      )}
      <ShowMore query={query} />
    </Panel>
  );
}

function Revoke({ invitation }: { invitation: Invitation }) {
  const { id, role } = useOrganization();
  const queryClient = useQueryClient();
  const ask = () =>
    confirmAction({
      title: `Revoke the invitation of ${invitation.email}?`,
      text: "Its link stops working at once.",
      action: "Revoke",
      onConfirm: async () => {
        await client.DELETE("/api/orgs/{organizationId}/invitations/{invitationId}", {
          params: { path: { organizationId: id, invitationId: invitation.id } },
        });
        notifications.show({ message: "Invitation revoked" });
        await queryClient.invalidateQueries({ queryKey: invitationsQuery(id).queryKey });
      },
    });
  return (
    <ActionButton
      variant="subtle"
      color="red"
      size="compact-sm"
      disabledReason={aboveOwn(role, invitation.role)}
      aria-label={`Revoke the invitation of ${invitation.email}`}
      onClick={ask}
    >
      Revoke
    </ActionButton>
  );
}
