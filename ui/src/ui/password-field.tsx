import { PasswordInput, type PasswordInputProps } from "@mantine/core";

interface Props extends PasswordInputProps {
  /** What the button shows or hides. */
  what?: string;
}

/** A secret that can be looked at. Mantine's own tells no screen reader that it was refused, nor why. */
export function PasswordField({ what = "password", error, errorProps, ...rest }: Props) {
  return (
    <PasswordInput
      {...rest}
      error={error}
      errorProps={{ role: "alert", ...errorProps }}
      aria-invalid={error ? true : undefined}
      visibilityToggleButtonProps={{ "aria-label": `Show or hide the ${what}` }}
    />
  );
}
