import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { client } from "../api/client";
import classes from "../layouts/entrance.module.css";
import { Notice } from "../ui/notice";
import { CodeField, checkCode } from "./code-field";
import { useRequest } from "./use-request";

/** The second step of whom the outside issuer let through by one factor: the cookie says who, this form adds the code. */
export function SignInWithCode({ onDone }: { onDone: () => void }) {
  const form = useForm({ initialValues: { code: "" }, validate: { code: checkCode } });
  const { busy, problem, send } = useRequest(form);
  const submit = async ({ code }: { code: string }) => {
    if (await send(() => client.POST("/api/sign-in/oidc/code", { body: { code: code.trim() } }))) {
      onDone();
    }
  };
  return (
    <form
      className={classes.form}
      noValidate
      aria-label="Enter your one-time code"
      onSubmit={form.onSubmit(submit)}
    >
      <CodeField size="md" {...form.getInputProps("code")} />
      {problem && <Notice tone="bad" title={problem} />}
      <Button type="submit" size="md" fullWidth loading={busy}>
        Go on
      </Button>
    </form>
  );
}
