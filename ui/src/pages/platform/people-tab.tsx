import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { allPeopleQuery } from "../../api/access-queries";
import type { User } from "../../api/access-types";
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
import { StatusBadge } from "../../ui/status-badge";
import { Unread } from "../../ui/unread";
import classes from "../organization/organization.module.css";

export function PeopleTab() {
  const { data: me } = useSuspenseQuery(meQuery());
  const query = useInfiniteQuery(allPeopleQuery());
  return (
    <Panel title="People" flush>
      <Unread query={query} />
      {isShown(query) && (
        <DataTable
          label="People"
          rows={itemsOf(query.data)}
          keyOf={({ id }) => id}
          columns={[
            {
              header: "Name",
              cell: (user) => (
                <TwoLines
                  main={
                    <>
                      {user.displayName}
                      {user.platformAdmin && <span className={classes.mark}>Platform admin</span>}
                    </>
                  }
                  sub={user.email}
                />
              ),
            },
            { header: "Signs in with", cell: waysIn },
            {
              header: "State",
              tight: true,
              cell: ({ disabledAt }) =>
                disabledAt ? (
                  <StatusBadge plain tone="warn" word="Disabled" />
                ) : (
                  <StatusBadge plain tone="ok" word="Active" />
                ),
            },
            { header: "Here since", tight: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
            {
              header: "Actions",
              actions: true,
              cell: (user) => <Change user={user} own={user.id === me.userId} />,
            },
          ]}
        />
      )}
      <ShowMore query={query} />
    </Panel>
  );
}

const waysIn = ({ hasPassword, hasSecondFactor }: User) =>
  hasPassword ? (hasSecondFactor ? "Password and code" : "Password") : "No password";

function Change({ user, own }: { user: User; own: boolean }) {
  const queryClient = useQueryClient();
  const disabled = user.disabledAt !== null;
  const action = disabled ? "Enable" : "Disable";
  const ask = () =>
    confirmAction({
      title: `${action} ${user.displayName}?`,
      text: disabled
        ? `${user.email} may sign in again. Their sessions and tokens stay ended.`
        : `${user.email} is signed out everywhere at once, and all tokens that they hold are revoked.`,
      action,
      onConfirm: async () => {
        await client.PATCH("/api/platform/users/{userId}", {
          params: { path: { userId: user.id } },
          body: { disabled: !disabled },
        });
        notifications.show({ message: `${user.displayName} is ${disabled ? "enabled" : "disabled"}` });
        await queryClient.invalidateQueries({ queryKey: allPeopleQuery().queryKey });
      },
    });
  return (
    <ActionButton
      variant="subtle"
      size="compact-sm"
      {...(disabled ? {} : { color: "red" })}
      disabledReason={own ? "This is you." : undefined}
      aria-label={`${action} ${user.displayName}`}
      onClick={ask}
    >
      {action}
    </ActionButton>
  );
}
