import { Button, Code } from "@mantine/core";
import { IconKey, IconLogin2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { keepNext, keptNext } from "../access/next-address";
import { useEnter } from "../access/use-enter";
import { signInOptionsQuery } from "../api/access-queries";
import { isMissing } from "../api/problem";
import { SignInWithCode } from "../forms/sign-in-with-code";
import { SignInWithPassword } from "../forms/sign-in-with-password";
import { SignInWithToken } from "../forms/sign-in-with-token";
import { Entrance } from "../layouts/entrance";
import classes from "../layouts/entrance.module.css";
import { Notice } from "../ui/notice";

export function SignInPage() {
  const { next: linked, with: way, problem } = useSearch({ from: "/sign-in" });
  // On the way back from the outside issuer the address says nothing of where its reader wanted to go.
  const next = linked ?? (way === "code" || problem ? keptNext() : undefined);
  const enter = useEnter();
  const { data: options, error } = useQuery({ ...signInOptionsQuery(), retry: false });
  const tokenOnly = isMissing(error);
  const here = { ...(next ? { next } : {}) };
  const onDone = () => enter(next);
  const onLeave = () => keepNext(next);

  if (way === "token" || tokenOnly) {
    return (
      <Entrance
        title="Sign in to Berth"
        lead="With an API token. You may do here what the token may."
        foot={
          <>
            <p>
              On the machine that runs Berth, <Code>./berth token</Code> prints one.
            </p>
            {!tokenOnly && (
              <p>
                <Link to="/sign-in" search={here}>
                  Sign in with e-mail and password
                </Link>
              </p>
            )}
          </>
        }
      >
        <SignInWithToken onDone={onDone} />
      </Entrance>
    );
  }
  if (way === "code") {
    return (
      <Entrance
        title="Sign in to Berth"
        lead={`${options?.oidcName ?? "The other service"} knows you. Your account asks for a code too.`}
        foot={
          <>
            <p>
              {/* A plain link: the API leads away from the console. */}
              <a href="/api/sign-in/oidc" onClick={onLeave}>
                Begin again at {options?.oidcName ?? "the other service"}
              </a>
            </p>
            <p>
              <Link to="/sign-in" search={here}>
                Sign in another way
              </Link>
            </p>
          </>
        }
      >
        <SignInWithCode onDone={onDone} />
      </Entrance>
    );
  }
  return (
    <Entrance
      title="Sign in to Berth"
      lead="From a Git repository to a running service, and it stays running."
      foot={
        <>
          {options?.mail !== false && (
            <p>
              <Link to="/password-reset">Forgotten password?</Link>
            </p>
          )}
          {options?.signUp === "open" && (
            <p>
              No account yet? <Link to="/sign-up">Sign up</Link>
            </p>
          )}
        </>
      }
    >
      {problem === "oidc" && (
        <div className={classes.problem}>
          <Notice tone="bad" title={`${options?.oidcName ?? "The other service"} did not let you in`}>
            <p>Try again, or use another way. Nobody new comes in this way while sign-up is closed.</p>
          </Notice>
        </div>
      )}
      <SignInWithPassword
        onDone={onDone}
        others={
          <div className={classes.ways}>
            {options?.oidcName && (
              <Button
                component="a"
                href="/api/sign-in/oidc"
                onClick={onLeave}
                variant="default"
                fullWidth
                leftSection={<IconLogin2 size={16} />}
              >
                Sign in with {options.oidcName}
              </Button>
            )}
            <Button
              renderRoot={(props) => <Link {...props} to="/sign-in" search={{ ...here, with: "token" }} />}
              variant="default"
              fullWidth
              leftSection={<IconKey size={16} />}
            >
              Sign in with an API token
            </Button>
          </div>
        }
      />
    </Entrance>
  );
}
