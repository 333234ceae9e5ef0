import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { type ReactNode, useState } from "react";
import { needsCode } from "../api/access-queries";
import { client } from "../api/client";
import classes from "../layouts/entrance.module.css";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { useRequest } from "./use-request";

interface Credentials {
  email: string;
  password: string;
  code: string;
}

interface Props {
  onDone: () => void;
  /** Other ways in, offered until the code is asked for. */
  others: ReactNode;
}

/** E-mail and password; the one-time code is a second step, for those of whom the API wants one. */
export function SignInWithPassword({ onDone, others }: Props) {
  const [step, setStep] = useState<"password" | "code">("password");
  const form = useForm<Credentials>({
    initialValues: { email: "", password: "", code: "" },
    validate: {
      email: (value) => (value.includes("@") ? null : "Enter your e-mail address"),
      password: (value) => (value ? null : "Enter your password"),
      code: (value) => (step === "password" || value.trim() ? null : "Enter the code"),
    },
  });
  const { busy, problem, send } = useRequest(form);

  const submit = async ({ email, password, code }: Credentials) => {
    let wanted = false;
    const taken = await send(async () => {
      try {
        await client.POST("/api/session", {
          body: { email: email.trim(), password, ...(step === "code" ? { code: code.trim() } : {}) },
        });
      } catch (error) {
        wanted = step === "password" && needsCode(error);
        if (!wanted) {
          throw error;
        }
      }
    });
    if (wanted) {
      setStep("code");
    } else if (taken) {
      onDone();
    }
  };

  return (
    <form className={classes.form} noValidate aria-label="Sign in" onSubmit={form.onSubmit(submit)}>
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
            errorProps={{ role: "alert" }}
            {...form.getInputProps("password")}
          />
        </>
      ) : (
        <TextInput
          key="code"
          size="md"
          label="One-time code"
          description="From your authenticator app, or one of your recovery codes."
          autoComplete="one-time-code"
          // The step came by the person's own press of the button: the focus belongs here.
          ref={(input) => input?.focus()}
          errorProps={{ role: "alert" }}
          {...form.getInputProps("code")}
        />
      )}
      {problem && <Notice tone="bad" title={problem} />}
      <Button type="submit" size="md" fullWidth loading={busy}>
        {step === "password" ? "Sign in" : "Go on"}
      </Button>
      {step === "code" ? (
        <Button variant="default" fullWidth onClick={() => setStep("password")}>
          Start again
        </Button>
      ) : (
        others
      )}
    </form>
  );
}
