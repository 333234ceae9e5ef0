import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { client } from "../api/client";
import { ApiError } from "../api/problem";
import classes from "../layouts/entrance.module.css";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { useRequest } from "./use-request";

/** A session that may what an API token may. */
export function SignInWithToken({ onDone }: { onDone: () => void }) {
  const form = useForm({
    initialValues: { token: "" },
    validate: { token: (value) => (value.trim() ? null : "Paste an API token.") },
  });
  const { busy, problem, send } = useRequest(form);
  const submit = async ({ token }: { token: string }) => {
    let refused = false;
    const taken = await send(async () => {
      try {
        await client.POST("/api/session", { body: { token: token.trim() } });
      } catch (error) {
        refused = error instanceof ApiError && error.status < 500 && error.status !== 429;
        if (!refused) {
          throw error;
        }
      }
    });
    if (refused) {
      form.setFieldError("token", "This token was refused. It may be mistyped or expired.");
    } else if (taken) {
      onDone();
    }
  };

  return (
    <form
      className={classes.form}
      noValidate
      aria-label="Sign in with a token"
      onSubmit={form.onSubmit(submit)}
    >
      <PasswordField
        size="md"
        label="API token"
        placeholder="berth_…"
        autoComplete="off"
        spellCheck={false}
        what="token"
        errorProps={{ role: "alert" }}
        {...form.getInputProps("token")}
      />
      {problem && <Notice tone="bad" title={problem} />}
      <Button type="submit" size="md" fullWidth loading={busy}>
        Sign in
      </Button>
    </form>
  );
}
