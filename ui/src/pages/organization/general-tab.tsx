import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useOrganization, useSwitchOrganization } from "../../access/use-organization";
import { useRefusal } from "../../access/use-refusal";
import { client } from "../../api/client";
import { meQuery } from "../../api/queries";
import { useRequest } from "../../forms/use-request";
import { ActionButton } from "../../ui/action-button";
import { confirmAction } from "../../ui/confirm";
import { CopyText } from "../../ui/copy-text";
import { Facts } from "../../ui/facts";
import classes from "../../ui/form.module.css";
import { Notice } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { QuotaCard } from "./quota-card";

export function GeneralTab() {
  const organization = useOrganization();
  return (
    <div className={classes.narrow}>
      <Panel title="General">
        <div className={classes.stack}>
          <Rename key={organization.name} />
          <Facts
            facts={[
              { label: "Slug", value: <span className="mono">{organization.slug}</span> },
              {
                label: "Id, for X-Berth-Org and the API",
                wide: true,
                value: (
                  <>
                    <span className="mono">{organization.id}</span>{" "}
                    <CopyText value={organization.id} label="id" />
                  </>
                ),
              },
            ]}
          />
        </div>
      </Panel>
      <QuotaCard />
      <Panel title="Delete this organisation">
        <Delete />
      </Panel>
    </div>
  );
}

function Rename() {
  const { id, name } = useOrganization();
  const queryClient = useQueryClient();
  const refused = useRefusal("own");
  const form = useForm({
    initialValues: { name },
    validate: { name: (value) => (value.trim() ? null : "Give the organisation a name") },
  });
  const { busy, problem, send } = useRequest(form);

  const save = ({ name: wanted }: { name: string }) =>
    send(async () => {
      await client.PATCH("/api/orgs/{organizationId}", {
        params: { path: { organizationId: id } },
        body: { name: wanted.trim() },
      });
      await queryClient.invalidateQueries({ queryKey: meQuery().queryKey });
      notifications.show({ message: "Organisation renamed" });
    });

  return (
    <form className={classes.fields} noValidate aria-label="General" onSubmit={form.onSubmit(save)}>
      <TextInput
        label="Name"
        maxLength={100}
        readOnly={refused !== undefined}
        variant={refused ? "filled" : "default"}
        {...form.getInputProps("name")}
      />
      {problem && <Notice tone="bad" title={problem} />}
      <div className={classes.end}>
        <ActionButton
          type="submit"
          loading={busy}
          disabledReason={refused ?? (form.isDirty() ? undefined : "The name is as it was.")}
        >
          Rename
        </ActionButton>
      </div>
    </form>
  );
}

function Delete() {
  const { id, name, slug } = useOrganization();
  const refused = useRefusal("own");
  const goTo = useSwitchOrganization();
  const ask = () =>
    confirmAction({
      title: `Delete ${name}?`,
      text: "Its services stop, and its deployments, builds, logs, tokens and members' places are removed. This cannot be undone.",
      action: "Delete organisation",
      typed: slug,
      onConfirm: async () => {
        await client.DELETE("/api/orgs/{organizationId}", { params: { path: { organizationId: id } } });
        notifications.show({ message: `${name} is deleted` });
        await goTo(undefined);
      },
    });
  return (
    <div className={classes.aside}>
      <p>Its services stop, and everything in it is removed. People keep their accounts.</p>
      <ActionButton variant="outline" color="red" disabledReason={refused} onClick={ask}>
        Delete organisation
      </ActionButton>
    </div>
  );
}
