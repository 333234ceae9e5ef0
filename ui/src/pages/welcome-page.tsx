import { useSearch } from "@tanstack/react-router";
import { useEnter } from "../access/use-enter";
import { client } from "../api/client";
import { NewPerson } from "../forms/new-person";
import { Entrance } from "../layouts/entrance";
import { DeadLink } from "./dead-link";

/** The first start: makes the platform's admin and the first organisation. */
export function WelcomePage() {
  const { link } = useSearch({ from: "/welcome" });
  const enter = useEnter();
  return (
    <Entrance title="Welcome to Berth" lead="You are the first. This account runs the platform.">
      {link ? (
        <NewPerson
          label="Welcome"
          action="Create account"
          asks={["email", "organizationName"]}
          send={({ name, email, password, organizationName }) =>
            client.POST("/api/sign-up/complete", {
              body: {
                link,
                name: name.trim(),
                email: email.trim(),
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
