import { TextInput, type TextInputProps } from "@mantine/core";

/** The same function each time, or each redraw would take the focus back. */
const focus = (input: HTMLInputElement | null) => input?.focus();

/** The code of a second factor. It appears by the person's own press of a button: the focus belongs here. */
export function CodeField(props: TextInputProps) {
  return (
    <TextInput
      label="One-time code"
      description="The six digits of your authenticator app, or a recovery code: 24 characters in six groups."
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      ref={focus}
      errorProps={{ role: "alert" }}
      {...props}
    />
  );
}

/** Spaces and hyphens are the API's to read; an older recovery code may be shorter than today's. */
export const checkCode = (value: string) => (value.trim() ? null : "Enter the code");
