import { Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { scopeRefusal } from "../access/permission";
import { useOrganization } from "../access/use-organization";
import { useRefusal } from "../access/use-refusal";
import { tokensQuery } from "../api/access-queries";
import type { NewApiToken, Scope } from "../api/access-types";
import { client } from "../api/client";
import { useWhole } from "../api/paged";
import { allServicesQuery } from "../api/queries";
import { ActionButton } from "../ui/action-button";
import classes from "../ui/form.module.css";
import { Notice } from "../ui/notice";
import { useRequest } from "./use-request";

interface Values {
  name: string;
  scope: Scope;
  serviceId: string | null;
  /** Days; “never” for a token without an end. */
  expiresInDays: string;
}

const scopes: { value: Scope; label: string }[] = [
  { value: "read", label: "Read: see everything" },
  { value: "deploy", label: "Deploy: change and deploy services" },
  { value: "admin", label: "Admin: all that you may" },
];

const ends = [
  { value: "7", label: "In 7 days" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "never", label: "Never" },
];

export function TokenCreate({ onDone }: { onDone: (made: NewApiToken) => void }) {
  const { id, role } = useOrganization();
  const queryClient = useQueryClient();
  const refused = useRefusal("inPerson");
  const services = useWhole(allServicesQuery());
  const form = useForm<Values>({
    initialValues: {
      name: "",
      scope: role === "viewer" ? "read" : "deploy",
      serviceId: null,
      expiresInDays: "90",
    },
    validate: { name: (value) => (value.trim() ? null : "Say what it is for") },
  });
  const { busy, problem, send } = useRequest(form);

  const submit = ({ name, scope, serviceId, expiresInDays }: Values) =>
    send(async (header) => {
      const { data } = await client.POST("/api/orgs/{organizationId}/tokens", {
        params: { path: { organizationId: id }, header },
        body: {
          name: name.trim(),
          scope,
          ...(serviceId ? { serviceId } : {}),
          ...(expiresInDays === "never" ? {} : { expiresInDays: Number(expiresInDays) }),
        },
      });
      if (data) {
        onDone(data);
      }
      form.reset();
      await queryClient.invalidateQueries({ queryKey: tokensQuery(id).queryKey });
    });

  return (
    <form className={classes.stack} noValidate aria-label="New token" onSubmit={form.onSubmit(submit)}>
      <div className={classes.row}>
        <TextInput
          label="Name"
          placeholder="Continuous integration"
          maxLength={100}
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <Select
          label="Scope"
          allowDeselect={false}
          data={scopes.map(({ value, label }) => {
            const reason = scopeRefusal(role, value);
            return {
              value,
              label: reason ? `${label} (${reason.toLowerCase()})` : label,
              disabled: Boolean(reason),
            };
          })}
          {...form.getInputProps("scope")}
        />
        <Select
          label="Service"
          placeholder="All services"
          clearable
          searchable
          clearButtonProps={{ "aria-label": "All services" }}
          nothingFoundMessage="No service has this name"
          data={services.map(({ id: value, name: label }) => ({ value, label }))}
          {...form.getInputProps("serviceId")}
        />
        <Select label="Ends" allowDeselect={false} data={ends} {...form.getInputProps("expiresInDays")} />
      </div>
      {problem && <Notice tone="bad" title={problem} />}
      <div className={classes.end}>
        <ActionButton type="submit" loading={busy} disabledReason={refused}>
          Create token
        </ActionButton>
      </div>
    </form>
  );
}
