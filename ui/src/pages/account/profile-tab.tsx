import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRefusal } from "../../access/use-refusal";
import { organizationsQuery } from "../../api/access-queries";
import { client } from "../../api/client";
import { itemsOf } from "../../api/paged";
import { meQuery } from "../../api/queries";
import { useRequest } from "../../forms/use-request";
import { ActionButton } from "../../ui/action-button";
import classes from "../../ui/form.module.css";
import { Notice } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { ShowMore } from "../../ui/show-more";

export function ProfileTab() {
  const { data: me } = useSuspenseQuery(meQuery());
  const organizations = useInfiniteQuery(organizationsQuery());
  return (
    <>
      <Panel title="Profile">
        <Profile key={me.displayName} displayName={me.displayName} email={me.email} />
      </Panel>
      <Panel title="Organisations">
        <ul className={classes.list}>
          {itemsOf(organizations.data).map(({ id, name, role }) => (
            <li key={id}>
              <span>{name}</span>
              <span className="dim">{role}</span>
            </li>
          ))}
        </ul>
        <ShowMore query={organizations} />
      </Panel>
    </>
  );
}

function Profile({ displayName, email }: { displayName: string; email: string }) {
  const queryClient = useQueryClient();
  const refused = useRefusal("inPerson");
  const form = useForm({
    initialValues: { displayName },
    validate: { displayName: (value) => (value.trim() ? null : "Enter your name") },
  });
  const { busy, problem, send } = useRequest(form);
  const save = (values: { displayName: string }) =>
    send(async () => {
      await client.PATCH("/api/me", { body: { displayName: values.displayName.trim() } });
      await queryClient.invalidateQueries({ queryKey: meQuery().queryKey });
      notifications.show({ message: "Profile saved" });
    });
  return (
    <form className={classes.fields} noValidate aria-label="Profile" onSubmit={form.onSubmit(save)}>
      <TextInput
        label="Name"
        autoComplete="name"
        maxLength={100}
        readOnly={refused !== undefined}
        variant={refused ? "filled" : "default"}
        {...form.getInputProps("displayName")}
      />
      <TextInput
        label="E-mail"
        description="You sign in with it. It cannot be changed here."
        value={email}
        readOnly
        variant="filled"
      />
      {problem && <Notice tone="bad" title={problem} />}
      <div className={classes.end}>
        <ActionButton
          type="submit"
          loading={busy}
          disabledReason={refused ?? (form.isDirty() ? undefined : "Nothing is changed.")}
        >
          Save
        </ActionButton>
      </div>
    </form>
  );
}
