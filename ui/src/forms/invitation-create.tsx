import { Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { rolesToGive } from "../access/permission";
import { useOrganization } from "../access/use-organization";
import { useRefusal } from "../access/use-refusal";
import { invitationsQuery, signInOptionsQuery } from "../api/access-queries";
import type { Invitation, Role } from "../api/access-types";
import { client } from "../api/client";
import { ActionButton } from "../ui/action-button";
import classes from "../ui/form.module.css";
import { Notice } from "../ui/notice";
import { useRequest } from "./use-request";

interface Values {
  email: string;
  role: Role;
}

export function InvitationCreate({ onDone }: { onDone: (made: Invitation) => void }) {
  const organization = useOrganization();
  const queryClient = useQueryClient();
  const { data: options } = useQuery(signInOptionsQuery());
  const refused =
    useRefusal("administer") ??
    (options?.mail === false ? "No e-mail leaves here: the operator has to set SMTP_URL." : undefined);
  const form = useForm<Values>({
    initialValues: { email: "", role: "developer" },
    validate: { email: (value) => (value.includes("@") ? null : "Enter an e-mail address") },
  });
  const { busy, problem, send } = useRequest(form);

  const submit = ({ email, role }: Values) =>
    send(async (header) => {
      const { data } = await client.POST("/api/orgs/{organizationId}/invitations", {
        params: { path: { organizationId: organization.id }, header },
        body: { email: email.trim().toLowerCase(), role },
      });
      if (data) {
        onDone(data);
      }
      form.reset();
      await queryClient.invalidateQueries({ queryKey: invitationsQuery(organization.id).queryKey });
    });

  return (
    <form className={classes.stack} noValidate aria-label="Invite somebody" onSubmit={form.onSubmit(submit)}>
      <div className={classes.row}>
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="off"
          placeholder="name@example.com"
          {...form.getInputProps("email")}
        />
        <Select
          label="Role"
          allowDeselect={false}
          data={rolesToGive(organization.role).map((value) => ({
            value,
            label: `${value.charAt(0).toUpperCase()}${value.slice(1)}`,
          }))}
          {...form.getInputProps("role")}
        />
      </div>
      {problem && <Notice tone="bad" title={problem} />}
      <div className={classes.end}>
        <ActionButton type="submit" loading={busy} disabledReason={refused}>
          Invite
        </ActionButton>
      </div>
    </form>
  );
}
