import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

/** What stands where nothing is yet: says why, and what to do. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p className={classes.title}>{title}</p>
      {children}
    </div>
  );
}
