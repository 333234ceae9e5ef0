import { Button, Group, Modal, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sessionsQuery, signInOptionsQuery } from "../api/access-queries";
import type { Me } from "../api/access-types";
import { client } from "../api/client";
import { isSignInAgain, sentenceOf } from "../api/problem";
import { meQuery } from "../api/queries";
import confirm from "../ui/confirm.module.css";
import { focusInDialog } from "../ui/focus-in-dialog";
import classes from "../ui/form.module.css";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { CodeField } from "./code-field";
import { usePasswordSignIn } from "./use-password-sign-in";

/**
 * Sends what the API takes of people only who signed in a moment ago. Whoever did not signs in again in a dialog, and then it
 * is sent once more; whoever leaves the dialog gets the API's refusal.
 */
export async function afterRecentSignIn<T>(request: () => Promise<T>, ask = askToSignInAgain): Promise<T> {
  try {
    return await request();
  } catch (refusal) {
    if (!isSignInAgain(refusal) || !(await ask())) {
      throw refusal;
    }
    return request();
  }
}

/** Whether the person signed in again. */
function askToSignInAgain(): Promise<boolean> {
  return new Promise((resolve) => {
    let done = false;
    const id = modals.open({
      // As for the questions of ui/confirm.tsx: the title below names the dialog.
      withCloseButton: false,
      padding: "lg",
      onClose: () => resolve(done),
      children: (
        <SignInAgain
          onCancel={() => modals.close(id)}
          onDone={() => {
            done = true;
            modals.close(id);
          }}
        />
      ),
    });
  });
}

interface Props {
  onCancel: () => void;
  onDone: () => void;
}

function SignInAgain(props: Props) {
  const { data: me } = useQuery(meQuery());
  return (
    <>
      <Modal.Title className={confirm.title}>Is it still you?</Modal.Title>
      {me && (me.hasPassword ? <ByPassword me={me} {...props} /> : <ByIssuer {...props} />)}
    </>
  );
}

function ByPassword({ me, onCancel, onDone }: Props & { me: Me }) {
  const queryClient = useQueryClient();
  const { form, step, busy, problem, submit } = usePasswordSignIn({
    email: me.email,
    onDone: async () => {
      onDone();
      // It is another session from here on.
      await Promise.all(
        [meQuery().queryKey, sessionsQuery().queryKey].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
  return (
    <form className={classes.stack} noValidate aria-label="Sign in again" onSubmit={submit}>
      <Text size="sm">
        This decides who gets in as {me.email}, and your sign-in was a while ago. Sign in again to go on.
      </Text>
      {/* For a keeper of passwords, which wants to know whose it is. */}
      <input hidden readOnly autoComplete="username" value={me.email} />
      {step === "password" ? (
        <PasswordField
          label="Password"
          autoComplete="current-password"
          ref={focusInDialog}
          {...form.getInputProps("password")}
        />
      ) : (
        <CodeField key="code" {...form.getInputProps("code")} />
      )}
      {problem && <Notice tone="bad" title={problem} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={busy}>
          {step === "password" ? "Sign in again" : "Go on"}
        </Button>
      </Group>
    </form>
  );
}

/** Whoever has no password comes by the outside issuer. The browser leaves this page, so that nothing can be sent after it. */
function ByIssuer({ onCancel }: Props) {
  const { data: options } = useQuery(signInOptionsQuery());
  const [step, setStep] = useState<"in" | "leaving" | "out">("in");
  const [problem, setProblem] = useState<string>();
  const issuer = options?.oidcName ?? "the other service";
  const leave = async () => {
    setStep("leaving");
    try {
      // From a session that is too old the API starts nothing at the issuer: it would be a request to add an identity.
      await client.DELETE("/api/session");
      setStep("out");
    } catch (error) {
      setProblem(sentenceOf(error));
      setStep("in");
    }
  };
  return (
    <div className={classes.stack}>
      <Text size="sm">
        {step === "out"
          ? `You are signed out. Sign in with ${issuer}, then come back to this page within ten minutes.`
          : "This decides who gets in as you, and your sign-in was a while ago. You have no password here: sign out " +
            "and in again, then come back to this page within ten minutes."}
      </Text>
      {problem && <Notice tone="bad" title={problem} />}
      <Group justify="flex-end" gap="xs">
        {step === "out" ? (
          // A plain link: the API leads away from the console.
          <Button component="a" href="/api/sign-in/oidc" ref={focusInDialog}>
            Sign in with {issuer}
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
            <Button loading={step === "leaving"} onClick={leave} ref={focusInDialog}>
              Sign out
            </Button>
          </>
        )}
      </Group>
    </div>
  );
}
