import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { client } from "../../api/client";
import { checkPassword } from "../../forms/password-rules";
import { useRequest } from "../../forms/use-request";
import { Entrance } from "../../layouts/entrance";
import classes from "../../layouts/entrance.module.css";
import { Notice } from "../../ui/notice";
import { PasswordField } from "../../ui/password-field";

export function PasswordResetComplete({ link }: { link: string }) {
  const [changed, setChanged] = useState(false);
  return (
    <Entrance
      title="Choose a new password"
      lead="All your sessions end. You sign in again with the new password."
      foot={
        <p>
          <Link to="/sign-in">Back to sign-in</Link>
        </p>
      }
    >
      {changed ? (
        <Notice tone="info" title="The password is changed">
          <p>Sign in with it.</p>
        </Notice>
      ) : (
        <NewPassword link={link} onDone={() => setChanged(true)} />
      )}
    </Entrance>
  );
}

function NewPassword({ link, onDone }: { link: string; onDone: () => void }) {
  const form = useForm({ initialValues: { password: "" }, validate: { password: checkPassword } });
  const { busy, problem, send } = useRequest(form);
  const submit = async ({ password }: { password: string }) => {
    if (await send(() => client.POST("/api/password-reset/complete", { body: { link, password } }))) {
      onDone();
    }
  };
  return (
    <form
      className={classes.form}
      noValidate
      aria-label="Choose a new password"
      onSubmit={form.onSubmit(submit)}
    >
      <PasswordField
        size="md"
        label="New password"
        description="At least 12 characters."
        autoComplete="new-password"
        {...form.getInputProps("password")}
      />
      {problem && <Notice tone="bad" title={problem} />}
      <Button type="submit" size="md" fullWidth loading={busy}>
        Change password
      </Button>
    </form>
  );
}
