import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { signInOptionsQuery } from "../../api/access-queries";
import { client } from "../../api/client";
import { EmailRequest } from "../../forms/email-request";
import { Entrance } from "../../layouts/entrance";
import { Notice } from "../../ui/notice";
import { SignUpComplete } from "./complete-page";

/** Sends the link to whoever has none, and takes it from whoever comes with one. */
export function SignUpPage() {
  const { link } = useSearch({ from: "/sign-up" });
  return link ? <SignUpComplete link={link} /> : <SignUpRequest />;
}

function SignUpRequest() {
  const { data: options } = useQuery(signInOptionsQuery());
  return (
    <Entrance
      title="Sign up"
      lead="You get a link by e-mail. With it you choose a name and a password."
      foot={
        <p>
          Have an account? <Link to="/sign-in">Sign in</Link>
        </p>
      }
    >
      {options && options.signUp !== "open" ? (
        <Notice tone="warn" title="Sign-up is closed here">
          <p>Ask an admin of your organisation for an invitation.</p>
        </Notice>
      ) : (
        <EmailRequest
          label="Sign up"
          action="Send the link"
          send={(email) => client.POST("/api/sign-up", { body: { email } })}
        />
      )}
    </Entrance>
  );
}
