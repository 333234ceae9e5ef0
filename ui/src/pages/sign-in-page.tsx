import { Button, Code, PasswordInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { client } from "../api/client";
import { ApiError, sentenceOf } from "../api/problem";
import { ColorSchemeToggle } from "../layouts/console-layout";
import { Mark } from "../ui/logo";
import classes from "./sign-in-page.module.css";

export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const router = useRouter();
  const queryClient = useQueryClient();
  const [token, setToken] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    document.title = "Sign in · Berth";
  }, []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (token.trim() === "") {
      setError("Paste an API token.");
      return;
    }
    setBusy(true);
    try {
      await client.POST("/api/session", { body: { token: token.trim() } });
      queryClient.clear();
      router.history.push(next ?? "/services");
    } catch (failure) {
      const refused = failure instanceof ApiError && failure.status < 500;
      setError(refused ? "This token was refused. It may be mistyped or expired." : sentenceOf(failure));
      setBusy(false);
    }
  };

  return (
    <main className={classes.page}>
      <div className={classes.toggle}>
        <ColorSchemeToggle />
      </div>
      <form className={classes.form} onSubmit={submit} noValidate>
        <div className={classes.mark}>
          <Mark size={44} />
        </div>
        <h1 className={classes.title}>Sign in to Berth</h1>
        <p className={classes.lead}>From a Git repository to a running service, and it stays running.</p>
        <PasswordInput
          size="md"
          label="API token"
          placeholder="berth_…"
          value={token}
          onChange={(event) => {
            setToken(event.currentTarget.value);
            setError(undefined);
          }}
          error={error}
          errorProps={{ role: "alert" }}
          visibilityToggleButtonProps={{ "aria-label": "Show or hide the token" }}
          autoComplete="current-password"
          spellCheck={false}
          data-autofocus
        />
        <Button type="submit" size="md" fullWidth mt="md" loading={busy}>
          Sign in
        </Button>
        <p className={classes.hint}>
          On the machine that runs Berth, <Code>./berth token</Code> prints one.
        </p>
      </form>
    </main>
  );
}
