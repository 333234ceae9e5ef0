import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import classes from "../layouts/entrance.module.css";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { checkPassword } from "./password-rules";
import { useRequest } from "./use-request";

export interface NewPersonValues {
  displayName: string;
  email: string;
  password: string;
  organizationName: string;
}

interface Props {
  label: string;
  action: string;
  /** What is asked for beside name and password. */
  asks: ("email" | "organizationName")[];
  send: (values: NewPersonValues) => Promise<unknown>;
  onDone: () => void;
}

/** Makes an account: from a link, a first start or an invitation. */
export function NewPerson({ label, action, asks, send: request, onDone }: Props) {
  const email = asks.includes("email");
  const organization = asks.includes("organizationName");
  const form = useForm<NewPersonValues>({
    initialValues: { displayName: "", email: "", password: "", organizationName: "" },
    validate: {
      displayName: (value) => (value.trim() ? null : "Enter your name"),
      email: (value) => (!email || value.includes("@") ? null : "Enter your e-mail address"),
      password: checkPassword,
      organizationName: (value) => (!organization || value.trim() ? null : "Give the organisation a name"),
    },
  });
  const { busy, problem, send } = useRequest(form);

  const submit = async (values: NewPersonValues) => {
    if (await send(() => request(values))) {
      onDone();
    }
  };

  return (
    <form className={classes.form} noValidate aria-label={label} onSubmit={form.onSubmit(submit)}>
      <TextInput
        size="md"
        label="Your name"
        autoComplete="name"
        maxLength={100}
        {...form.getInputProps("displayName")}
      />
      {email && (
        <TextInput
          size="md"
          type="email"
          label="E-mail"
          autoComplete="username"
          {...form.getInputProps("email")}
        />
      )}
      <PasswordField
        size="md"
        label="Password"
        description="At least 12 characters."
        autoComplete="new-password"
        {...form.getInputProps("password")}
      />
      {organization && (
        <TextInput
          size="md"
          label="Organisation"
          description="What your team is called. You can rename it later."
          autoComplete="organization"
          maxLength={100}
          {...form.getInputProps("organizationName")}
        />
      )}
      {problem && <Notice tone="bad" title={problem} />}
      <Button type="submit" size="md" fullWidth loading={busy}>
        {action}
      </Button>
    </form>
  );
}
