import type { ReactNode } from "react";
import { useEffect } from "react";
import classes from "./page-header.module.css";

interface Props {
  title: string;
  /** Beside the title: a state. */
  badge?: ReactNode;
  /** Under the title: what one wants to know first. */
  meta?: ReactNode;
  actions?: ReactNode;
}

/** The page's one heading; names the tab of the browser too. */
export function PageHeader({ title, badge, meta, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Berth`;
  }, [title]);
  return (
    <header className={classes.header}>
      <div className={classes.main}>
        <div className={classes.line}>
          <h1 className={classes.title}>{title}</h1>
          {badge}
        </div>
        {meta && <div className={classes.meta}>{meta}</div>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
