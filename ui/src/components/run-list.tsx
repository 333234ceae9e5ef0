import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Panel } from "../ui/panel";
import classes from "./run-list.module.css";

interface Props {
  title: string;
  count: ReactNode;
  children: ReactNode;
  more?: (() => void) | undefined;
}

/** A list of deployments or builds, newest first; each child is a `RunItem`. */
export function RunList({ title, count, children, more }: Props) {
  return (
    <Panel title={title} aside={<span className="dim">{count}</span>} flush>
      <ul className={classes.list} aria-label={title}>
        {children}
      </ul>
      {more && (
        <div className={classes.more}>
          <Button variant="subtle" size="compact-sm" onClick={more}>
            Show older
          </Button>
        </div>
      )}
    </Panel>
  );
}

interface ItemProps {
  /** A link to the detail; its text is the row's name. */
  link: ReactNode;
  selected: boolean;
  badge: ReactNode;
  mark?: string | undefined;
  when: ReactNode;
  note: ReactNode;
}

export function RunItem({ link, selected, badge, mark, when, note }: ItemProps) {
  return (
    <li className={classes.item} data-selected={selected || undefined}>
      <div className={classes.line}>
        {link}
        {mark && <span className={classes.mark}>{mark}</span>}
        <span className={classes.badge}>{badge}</span>
      </div>
      <div className={classes.line}>
        <span className={classes.note}>{note}</span>
        <span className={classes.when}>{when}</span>
      </div>
    </li>
  );
}
