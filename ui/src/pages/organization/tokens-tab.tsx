import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useOrganization } from "../../access/use-organization";
import { useRefusal } from "../../access/use-refusal";
import { tokensQuery } from "../../api/access-queries";
import type { ApiToken, NewApiToken } from "../../api/access-types";
import { client } from "../../api/client";
import { itemsOf } from "../../api/paged";
import { meQuery, serviceQuery } from "../../api/queries";
import { TokenCreate } from "../../forms/token-create";
import { ActionButton } from "../../ui/action-button";
import { Ago } from "../../ui/ago";
import { confirmAction } from "../../ui/confirm";
import { DataTable, TwoLines } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import classes from "../../ui/form.module.css";
import { Notice } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { ShowMore } from "../../ui/show-more";
import { ShownOnce } from "../../ui/shown-once";
import { Unread } from "../../ui/unread";
import { formatDay } from "../../util/format";

export function TokensTab() {
  const [made, setMade] = useState<NewApiToken>();
  return (
    <div className={classes.stack}>
      <Panel title="New token">
        <div className={classes.stack}>
          <TokenCreate onDone={setMade} />
          {made && (
            <>
              <Notice tone="info" title={`Copy the token “${made.info.name}” now`}>
                <p>It is shown only now. Berth keeps a hash of it and cannot show it again.</p>
              </Notice>
              <ShownOnce label="token" value={made.token} />
            </>
          )}
        </div>
      </Panel>
      <Tokens />
    </div>
  );
}

function Tokens() {
  const { id } = useOrganization();
  const { data: me } = useSuspenseQuery(meQuery());
  const all = useRefusal("administer") === undefined;
  const query = useInfiniteQuery(tokensQuery(id));
  const tokens = itemsOf(query.data);
  return (
    <Panel title={all ? "Tokens of the organisation" : "Your tokens"} flush>
      <Unread query={query} />
      {query.data && tokens.length === 0 && (
        <EmptyState title="There are no tokens">
          <p>A token lets a script or a pipeline use the API. It never does more than its holder may.</p>
        </EmptyState>
      )}
      {tokens.length > 0 && (
        <DataTable
          label="Tokens"
          rows={tokens}
          keyOf={(token) => token.id}
          columns={[
            {
              header: "Name",
              cell: ({ name, prefix, userId, email }) => (
                <TwoLines main={name} sub={`${prefix}… · ${userId === me.userId ? "yours" : email}`} />
              ),
            },
            { header: "Scope", cell: ({ scope }) => scope },
            { header: "For", cell: ({ serviceId }) => <Reach serviceId={serviceId} /> },
            {
              header: "Used",
              tight: true,
              cell: ({ lastUsedAt }) => (lastUsedAt ? <Ago at={lastUsedAt} /> : "Never"),
            },
            {
              header: "Ends",
              tight: true,
              cell: ({ expiresAt }) => (expiresAt ? formatDay(expiresAt) : "Never"),
            },
            { header: "Actions", actions: true, cell: (token) => <Revoke token={token} /> },
          ]}
        />
      )}
      <ShowMore query={query} />
    </Panel>
  );
}

function Reach({ serviceId }: { serviceId: string | null }) {
  const { data: service } = useQuery({ ...serviceQuery(serviceId ?? ""), enabled: serviceId !== null });
  return serviceId === null ? "All services" : (service?.name ?? "One service");
}

function Revoke({ token }: { token: ApiToken }) {
  const { id } = useOrganization();
  const queryClient = useQueryClient();
  const refused = useRefusal("inPerson");
  const ask = () =>
    confirmAction({
      title: `Revoke ${token.name}?`,
      text: "Whatever uses this token is refused at once. This cannot be undone.",
      action: "Revoke",
      onConfirm: async () => {
        await client.DELETE("/api/orgs/{organizationId}/tokens/{tokenId}", {
          params: { path: { organizationId: id, tokenId: token.id } },
        });
        notifications.show({ message: `${token.name} is revoked` });
        await queryClient.invalidateQueries({ queryKey: tokensQuery(id).queryKey });
      },
    });
  return (
    <ActionButton
      variant="subtle"
      color="red"
      size="compact-sm"
      disabledReason={refused}
      aria-label={`Revoke ${token.name}`}
      onClick={ask}
    >
      Revoke
    </ActionButton>
  );
}
