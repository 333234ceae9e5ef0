import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

interface Props extends ButtonProps {
  onClick: () => void;
  children: ReactNode;
  /** Why it cannot be used now. It can still be reached, or nobody would learn the reason. */
  disabledReason?: string | undefined;
}

export function ActionButton({ disabledReason, onClick, children, ...rest }: Props) {
  const disabled = disabledReason !== undefined;
  return (
    <Tooltip label={disabledReason} disabled={!disabled} events={{ hover: true, focus: true, touch: true }}>
      <Button
        {...rest}
        aria-disabled={disabled || undefined}
        {...(disabled ? { "data-disabled": true } : {})}
        onClick={disabled ? (event) => event.preventDefault() : onClick}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
