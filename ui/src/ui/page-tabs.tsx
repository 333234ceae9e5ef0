import type { ReactNode } from "react";
import classes from "./page-tabs.module.css";

/** The parts of a page as links; the router marks the one that is open. On a narrow screen the row scrolls. */
export function PageTabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {children}
    </nav>
  );
}
