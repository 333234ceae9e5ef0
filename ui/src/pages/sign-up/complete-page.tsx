import { useEnter } from "../../access/use-enter";
import { client } from "../../api/client";
import { NewPerson } from "../../forms/new-person";
import { Entrance } from "../../layouts/entrance";

export function SignUpComplete({ link }: { link: string }) {
  const enter = useEnter();
  return (
    <Entrance title="Finish signing up" lead="The link proves your e-mail address. Now choose the rest.">
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
    </Entrance>
  );
}
