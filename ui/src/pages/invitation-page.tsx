import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { whoIsSignedIn } from "../access/load-me";
import { useEnter } from "../access/use-enter";
import { client } from "../api/client";
import { isSignedOut, sentenceOf } from "../api/problem";
import { NewPerson } from "../forms/new-person";
import { Entrance } from "../layouts/entrance";
import { Notice } from "../ui/notice";
import { DeadLink } from "./dead-link";

/** Who is signed in joins as that person; anybody else makes an account first. */
export function InvitationPage() {
  const { link } = useSearch({ from: "/invitation" });
  const enter = useEnter();
  const queryClient = useQueryClient();
  const {
    data: me,
    error,
    isPending,
    refetch,
  } = useQuery({ queryKey: ["invited"], queryFn: () => whoIsSignedIn(queryClient), retry: false });
  if (!link) {
    return (
      <Entrance title="Join on Berth" lead="Somebody invited you into an organisation.">
        <DeadLink />
      </Entrance>
    );
  }
  if (isPending) {
    return null;
  }
  if (me && !me.token) {
    return (
      <Entrance title="Join on Berth" lead={`You are signed in as ${me.email}.`}>
        <Join link={link} onDone={() => enter()} />
      </Entrance>
    );
  }
  if (error && !isSignedOut(error)) {
    return (
      <Entrance title="Join on Berth" lead="Somebody invited you into an organisation.">
        <Notice tone="bad" title={sentenceOf(error)} />
        <Button size="md" fullWidth mt="md" onClick={() => refetch()}>
          Try again
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance
      title="Join on Berth"
      lead="Somebody invited you into an organisation. Make your account to join."
      foot={
        <p>
          Have an account?{" "}
          <Link to="/sign-in" search={{ next: `/invitation?link=${encodeURIComponent(link)}` }}>
            Sign in first
          </Link>
        </p>
      }
    >
      <NewPerson
        label="Join"
        action="Create account and join"
        asks={[]}
        send={({ displayName, password }) =>
          client.POST("/api/invitations/accept", {
            body: { link, displayName: displayName.trim(), password },
          })
        }
        onDone={() => enter()}
      />
    </Entrance>
  );
}

function Join({ link, onDone }: { link: string; onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const join = async () => {
    setBusy(true);
    try {
      await client.POST("/api/invitations/accept", { body: { link } });
      onDone();
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <>
      {problem && <Notice tone="bad" title={problem} />}
      <Button size="md" fullWidth mt={problem ? "md" : 0} loading={busy} onClick={join}>
        Join the organisation
      </Button>
    </>
  );
}
