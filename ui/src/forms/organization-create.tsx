import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { modals } from "@mantine/modals";
import { client } from "../api/client";
import classes from "../ui/confirm.module.css";
import { Notice } from "../ui/notice";
import { useRequest } from "./use-request";

/** Asks for the name of a new organisation in a dialog, makes it and goes there. */
export function createOrganization(goTo: (id: string) => void) {
  const id = modals.open({
    withCloseButton: false,
    padding: "lg",
    children: (
      <OrganizationCreate
        onCancel={() => modals.close(id)}
        onDone={(organizationId) => {
          modals.close(id);
          goTo(organizationId);
        }}
      />
    ),
  });
}

function OrganizationCreate({ onCancel, onDone }: { onCancel: () => void; onDone: (id: string) => void }) {
  const form = useForm({
    initialValues: { name: "" },
    validate: { name: (value) => (value.trim() ? null : "Give the organisation a name") },
  });
  const { busy, problem, send } = useRequest(form);
  const submit = ({ name }: { name: string }) =>
    send(async (header) => {
      const { data } = await client.POST("/api/orgs", { params: { header }, body: { name: name.trim() } });
      if (data) {
        onDone(data.id);
      }
    });
  return (
    <form noValidate aria-label="New organisation" onSubmit={form.onSubmit(submit)}>
      <Modal.Title className={classes.title}>New organisation</Modal.Title>
      <TextInput
        label="Name"
        description="You become its owner and can invite others."
        maxLength={100}
        data-autofocus
        {...form.getInputProps("name")}
      />
      {problem && <Notice tone="bad" title={problem} />}
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={busy}>
          Create
        </Button>
      </Group>
    </form>
  );
}
