import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import classes from "../layouts/entrance.module.css";
import { Notice } from "../ui/notice";
import { useRequest } from "./use-request";

interface Props {
  label: string;
  action: string;
  send: (email: string) => Promise<unknown>;
}

/** Asks for a link by e-mail. What it answers is the same whether somebody has this address or not. */
export function EmailRequest({ label, action, send: request }: Props) {
  const [sentTo, setSentTo] = useState<string>();
  const form = useForm({
    initialValues: { email: "" },
    validate: { email: (value) => (value.includes("@") ? null : "Enter your e-mail address") },
  });
  const { busy, problem, send } = useRequest(form);

  if (sentTo) {
    return (
      <Notice tone="info" title="Look into your mailbox">
        <p>
          If <b>{sentTo}</b> can be used here, a link is on its way. It works once and for a short time.
        </p>
      </Notice>
    );
  }
  const submit = async ({ email }: { email: string }) => {
    if (await send(() => request(email.trim()))) {
      setSentTo(email.trim());
    }
  };
  return (
    <form className={classes.form} noValidate aria-label={label} onSubmit={form.onSubmit(submit)}>
      <TextInput
        size="md"
        type="email"
        label="E-mail"
        autoComplete="username"
        {...form.getInputProps("email")}
      />
      {problem && <Notice tone="bad" title={problem} />}
      <Button type="submit" size="md" fullWidth loading={busy}>
        {action}
      </Button>
    </form>
  );
}
