import { useSearch } from "@tanstack/react-router";
import { useEnter } from "../../access/use-enter";
import { client } from "../../api/client";
import { NewPerson } from "../../forms/new-person";
import { Entrance } from "../../layouts/entrance";
import { DeadLink } from "../dead-link";

export function SignUpCompletePage() {
  const { link } = useSearch({ from: "/sign-up/complete" });
  const enter = useEnter();
  return (
    <Entrance title="Finish signing up" lead="Your e-mail address is confirmed.">
      {link ? (
        <NewPerson
          label="Finish signing up"
          action="Create account"
          asks={["organizationName"]}
          send={({ displayName, password, organizationName }) =>
            client.POST("/api/sign-up/complete", {
              body: {
                link,
                displayName: displayName.trim(),
                password,
                organizationName: organizationName.trim(),
              },
            })
          }
          onDone={() => enter()}
        />
      ) : (
        <DeadLink />
      )}
    </Entrance>
  );
}
