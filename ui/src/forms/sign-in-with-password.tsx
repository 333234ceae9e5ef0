import { Button, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "../layouts/entrance.module.css";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { CodeField } from "./code-field";
import { usePasswordSignIn } from "./use-password-sign-in";

interface Props {
  onDone: () => void;
  /** Other ways in, offered until the code is asked for. */
  others: ReactNode;
}

/** E-mail and password, and the code of whoever has a second factor. */
export function SignInWithPassword({ onDone, others }: Props) {
  const { form, step, busy, problem, submit, startAgain } = usePasswordSignIn({ onDone });
  return (
    <form className={classes.form} noValidate aria-label="Sign in" onSubmit={submit}>
      {step === "password" ? (
        <>
          <TextInput
            size="md"
            type="email"
            label="E-mail"
            autoComplete="username"
            errorProps={{ role: "alert" }}
            {...form.getInputProps("email")}
          />
          <PasswordField
            size="md"
            label="Password"
            autoComplete="current-password"
            {...form.getInputProps("password")}
          />
        </>
      ) : (
        <CodeField key="code" size="md" {...form.getInputProps("code")} />
      )}
      {problem && <Notice tone="bad" title={problem} />}
      <Button type="submit" size="md" fullWidth loading={busy}>
        {step === "password" ? "Sign in" : "Go on"}
      </Button>
      {step === "code" ? (
        <Button variant="default" fullWidth onClick={startAgain}>
          Start again
        </Button>
      ) : (
        others
      )}
    </form>
  );
}
