import type { ReactNode } from "react";
import classes from "./panel.module.css";

interface Props {
  /** Also the accessible name of the region. */
  title: string;
  aside?: ReactNode;
  /** Content up to the edges: lists and logs. */
  flush?: boolean;
  level?: 2 | 3;
  children: ReactNode;
}

/** A titled box; every page is made of these. */
export function Panel({ title, aside, flush = false, level = 2, children }: Props) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={classes.panel} aria-label={title}>
      <div className={classes.head}>
        <Heading className={classes.title}>{title}</Heading>
        {aside && <div className={classes.aside}>{aside}</div>}
      </div>
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
