import { Link, useSearch } from "@tanstack/react-router";
import { client } from "../../api/client";
import { EmailRequest } from "../../forms/email-request";
import { Entrance } from "../../layouts/entrance";
import { PasswordResetComplete } from "./complete-page";

/** Sends the link to whoever has none, and takes it from whoever comes with one. */
export function PasswordResetPage() {
  const { link } = useSearch({ from: "/password-reset" });
  return link ? <PasswordResetComplete link={link} /> : <PasswordResetRequest />;
}

function PasswordResetRequest() {
  return (
    <Entrance
      title="Forgotten password"
      lead="You get a link by e-mail. With it you choose a new password."
      foot={
        <p>
          <Link to="/sign-in">Back to sign-in</Link>
        </p>
      }
    >
      <EmailRequest
        label="Forgotten password"
        action="Send the link"
        send={(email) => client.POST("/api/password-reset", { body: { email } })}
      />
    </Entrance>
  );
}
