import { Button, type ButtonProps, Menu, type MenuItemProps, Tooltip } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface Props extends ButtonProps {
  /** Not needed where the button submits its form. */
  onClick?: () => void;
  type?: "button" | "submit";
  "aria-label"?: string;
  children: ReactNode;
  /** Why it cannot be used now. It can still be reached, or nobody would learn the reason. */
  disabledReason?: string | undefined;
}

export function ActionButton({ disabledReason, onClick, children, type = "button", ...rest }: Props) {
  const reasonId = useId();
  const disabled = disabledReason !== undefined;
  return (
    <>
      <Tooltip
        label={disabledReason}
        disabled={!disabled}
        multiline
        maw={280}
        events={{ hover: true, focus: true, touch: true }}
      >
        <Button
          {...rest}
          type={type}
          aria-disabled={disabled || undefined}
          {...(disabled ? { "data-disabled": true, "aria-describedby": reasonId } : {})}
          onClick={disabled ? (event) => event.preventDefault() : onClick}
        >
          {children}
        </Button>
      </Tooltip>
      {disabled && (
        <span id={reasonId} className="visually-hidden">
          {disabledReason}
        </span>
      )}
    </>
  );
}

interface ItemProps extends MenuItemProps {
  onClick: () => void;
  children: ReactNode;
  disabledReason?: string | undefined;
}

/** The same in a menu, where there is room to write the reason under the words. */
export function ActionItem({ disabledReason, onClick, children, ...rest }: ItemProps) {
  const reasonId = useId();
  if (disabledReason === undefined) {
    return (
      <Menu.Item {...rest} onClick={onClick}>
        {children}
      </Menu.Item>
    );
  }
  const { color: _, ...plain } = rest;
  return (
    <Menu.Item
      {...plain}
      aria-disabled
      aria-describedby={reasonId}
      closeMenuOnClick={false}
      className="refused-item"
    >
      {children}
      <span id={reasonId} className="refused-reason">
        {disabledReason}
      </span>
    </Menu.Item>
  );
}
