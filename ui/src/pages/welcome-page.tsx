import { useSearch } from "@tanstack/react-router";
import { useEnter } from "../access/use-enter";
import { client } from "../api/client";
import { NewPerson } from "../forms/new-person";
import { Entrance } from "../layouts/entrance";
import { DeadLink } from "./dead-link";

/** The first start: makes the platform's admin, who owns the organisation that is there already, if one is. */
export function WelcomePage() {
  const { link } = useSearch({ from: "/welcome" });
  const enter = useEnter();
  return (
    <Entrance title="Welcome to Berth" lead="You are the first. This account runs the platform.">
      {link ? (
        <NewPerson
          label="Welcome"
          action="Create account"
          asks={["email"]}
          send={({ displayName, email, password }) =>
            client.POST("/api/welcome", {
              body: { link, displayName: displayName.trim(), email: email.trim(), password },
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
