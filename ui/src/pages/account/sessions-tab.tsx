import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useRefusal } from "../../access/use-refusal";
import { sessionsQuery } from "../../api/access-queries";
import type { Session } from "../../api/access-types";
import { client } from "../../api/client";
import { itemsOf } from "../../api/paged";
import { afterRecentSignIn } from "../../forms/sign-in-again";
import { ActionButton } from "../../ui/action-button";
import { Ago } from "../../ui/ago";
import { confirmAction } from "../../ui/confirm";
import { DataTable, TwoLines } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { Panel } from "../../ui/panel";
import { ShowMore } from "../../ui/show-more";
import { Unread } from "../../ui/unread";
import { browserOf, formatDay } from "../../util/format";
import organization from "../organization/organization.module.css";

export function SessionsTab() {
  const refused = useRefusal("inPerson");
  const query = useInfiniteQuery({ ...sessionsQuery(), enabled: !refused });
  const sessions = itemsOf(query.data);
  return (
    <Panel
      title="Sessions"
      aside={<EndOthers others={sessions.filter(({ current }) => !current).length} />}
      flush
    >
      {refused ? (
        <EmptyState title="You do not see your sessions">
          <p>{refused}</p>
        </EmptyState>
      ) : (
        <Unread query={query} />
      )}
      {sessions.length > 0 && (
        <DataTable
          label="Sessions"
          rows={sessions}
          keyOf={({ id }) => id}
          columns={[
            {
              header: "Where",
              cell: ({ userAgent, address, current }) => (
                <TwoLines
                  main={
                    <>
                      {browserOf(userAgent)}
                      {current && <span className={organization.mark}>This one</span>}
                    </>
                  }
                  sub={address}
                />
              ),
            },
            { header: "Begun", tight: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
            { header: "Used", tight: true, cell: ({ lastUsedAt }) => <Ago at={lastUsedAt} /> },
            { header: "Ends", tight: true, cell: ({ expiresAt }) => formatDay(expiresAt) },
            { header: "Actions", actions: true, cell: (session) => <End session={session} /> },
          ]}
        />
      )}
      <ShowMore query={query} />
    </Panel>
  );
}

function End({ session }: { session: Session }) {
  const queryClient = useQueryClient();
  const ask = () =>
    confirmAction({
      title: "End this session?",
      text: `${browserOf(session.userAgent)} at ${session.address} must sign in again.`,
      action: "End session",
      onConfirm: async () => {
        await afterRecentSignIn(() =>
          client.DELETE("/api/me/sessions/{sessionId}", { params: { path: { sessionId: session.id } } }),
        );
        notifications.show({ message: "Session ended" });
        await queryClient.invalidateQueries({ queryKey: sessionsQuery().queryKey });
      },
    });
  return (
    <ActionButton
      variant="subtle"
      color="red"
      size="compact-sm"
      disabledReason={session.current ? "This is the one that you use. Sign out to end it." : undefined}
      aria-label={`End the session of ${browserOf(session.userAgent)} at ${session.address}`}
      onClick={ask}
    >
      End
    </ActionButton>
  );
}

function EndOthers({ others }: { others: number }) {
  const queryClient = useQueryClient();
  const refused = useRefusal("inPerson");
  const ask = () =>
    confirmAction({
      title: "End all other sessions?",
      text: "Every browser but this one must sign in again.",
      action: "End them",
      onConfirm: async () => {
        await afterRecentSignIn(() => client.DELETE("/api/me/sessions"));
        notifications.show({ message: "All other sessions ended" });
        await queryClient.invalidateQueries({ queryKey: sessionsQuery().queryKey });
      },
    });
  return (
    <ActionButton
      variant="default"
      size="compact-sm"
      disabledReason={refused ?? (others === 0 ? "There is no other session." : undefined)}
      onClick={ask}
    >
      End all others
    </ActionButton>
  );
}
