import { Select } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { isAtLeast } from "../../access/permission";
import { useOrganization } from "../../access/use-organization";
import { useRefusal } from "../../access/use-refusal";
import { allMembersQuery, grantsQuery } from "../../api/access-queries";
import type { Grant, GrantRole } from "../../api/access-types";
import { client } from "../../api/client";
import { itemsOf, useWhole } from "../../api/paged";
import { useRequest } from "../../forms/use-request";
import { ActionButton } from "../../ui/action-button";
import { confirmAction } from "../../ui/confirm";
import { DataTable, TwoLines } from "../../ui/data-table";
import classes from "../../ui/form.module.css";
import { Notice } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { ShowMore } from "../../ui/show-more";

/** Who may do more with this service than their role in the organisation says. */
export function ServiceGrants({ serviceId }: { serviceId: string }) {
  const { id } = useOrganization();
  const refused = useRefusal("administer", serviceId);
  const query = useInfiniteQuery({ ...grantsQuery(id, serviceId), enabled: !refused });
  const grants = itemsOf(query.data);
  return (
    <Panel title="Grants">
      <div className={classes.stack}>
        <p className={classes.lead}>
          A grant raises what a member may do with this one service. Developers and above need none to deploy.
        </p>
        {grants.length > 0 && (
          <DataTable
            label="Grants"
            rows={grants}
            keyOf={({ userId }) => userId}
            columns={[
              {
                header: "Member",
                cell: ({ displayName, email }) => <TwoLines main={displayName} sub={email} />,
              },
              { header: "Role here", cell: ({ role }) => role },
              {
                header: "Actions",
                actions: true,
                cell: (grant) => <Withdraw serviceId={serviceId} grant={grant} />,
              },
            ]}
          />
        )}
        <ShowMore query={query} />
        <GrantForm serviceId={serviceId} refused={refused} />
      </div>
    </Panel>
  );
}

function GrantForm({ serviceId, refused }: { serviceId: string; refused: string | undefined }) {
  const { id } = useOrganization();
  const queryClient = useQueryClient();
  const members = useWhole(allMembersQuery(id));
  const form = useForm<{ userId: string | null; role: GrantRole }>({
    initialValues: { userId: null, role: "developer" },
    validate: { userId: (value) => (value ? null : "Pick a member") },
  });
  const { busy, problem, send } = useRequest(form);
  const submit = ({ userId, role }: { userId: string | null; role: GrantRole }) =>
    send(async () => {
      await client.PUT("/api/orgs/{organizationId}/services/{serviceId}/grants/{userId}", {
        params: { path: { organizationId: id, serviceId, userId: userId ?? "" } },
        body: { role },
      });
      form.reset();
      await queryClient.invalidateQueries({ queryKey: grantsQuery(id, serviceId).queryKey });
    });
  return (
    <form className={classes.stack} noValidate aria-label="Grants" onSubmit={form.onSubmit(submit)}>
      <div className={classes.row}>
        <Select
          label="Member"
          placeholder="Pick a member"
          searchable
          nothingFoundMessage="Nobody who needs a grant has this name"
          data={members
            .filter(({ role }) => !isAtLeast(role, "admin"))
            .map(({ userId, displayName, role }) => ({ value: userId, label: `${displayName} (${role})` }))}
          {...form.getInputProps("userId")}
        />
        <Select
          label="Role here"
          allowDeselect={false}
          data={[
            { value: "developer", label: "Developer" },
            { value: "admin", label: "Admin" },
          ]}
          {...form.getInputProps("role")}
        />
      </div>
      {problem && <Notice tone="bad" title={problem} />}
      <div className={classes.end}>
        <ActionButton type="submit" variant="default" loading={busy} disabledReason={refused}>
          Grant
        </ActionButton>
      </div>
    </form>
  );
}

function Withdraw({ serviceId, grant }: { serviceId: string; grant: Grant }) {
  const { id } = useOrganization();
  const queryClient = useQueryClient();
  const ask = () =>
    confirmAction({
      title: `Withdraw the grant of ${grant.displayName}?`,
      text: "They may then do what their role in the organisation allows.",
      action: "Withdraw",
      onConfirm: async () => {
        await client.DELETE("/api/orgs/{organizationId}/services/{serviceId}/grants/{userId}", {
          params: { path: { organizationId: id, serviceId, userId: grant.userId } },
        });
        notifications.show({ message: "Grant withdrawn" });
        await queryClient.invalidateQueries({ queryKey: grantsQuery(id, serviceId).queryKey });
      },
    });
  return (
    <ActionButton
      variant="subtle"
      color="red"
      size="compact-sm"
      aria-label={`Withdraw the grant of ${grant.displayName}`}
      onClick={ask}
    >
      Withdraw
    </ActionButton>
  );
}
