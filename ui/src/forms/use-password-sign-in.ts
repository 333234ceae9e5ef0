import { useForm } from "@mantine/form";
import { useState } from "react";
import { client } from "../api/client";
import { needsCode } from "../api/problem";
import { checkCode } from "./code-field";
import { useRequest } from "./use-request";

interface Credentials {
  email: string;
  password: string;
  code: string;
}

interface Options {
  /** Of whoever signs in again; else it is asked for. */
  email?: string;
  onDone: () => unknown;
}

/** Opens a session by password; the one-time code is a second step, for those of whom the API wants one. */
export function usePasswordSignIn({ email: known = "", onDone }: Options) {
  const [step, setStep] = useState<"password" | "code">("password");
  const form = useForm<Credentials>({
    initialValues: { email: known, password: "", code: "" },
    validate: {
      email: (value) => (value.includes("@") ? null : "Enter your e-mail address"),
      password: (value) => (value ? null : "Enter your password"),
      code: (value) => (step === "password" ? null : checkCode(value)),
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
      await onDone();
    }
  };

  return { form, step, busy, problem, submit: form.onSubmit(submit), startAgain: () => setStep("password") };
}
