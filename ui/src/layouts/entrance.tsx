import { type ReactNode, useEffect } from "react";
import { Mark } from "../ui/logo";
import { ColorSchemeToggle } from "./color-scheme-toggle";
import classes from "./entrance.module.css";

interface Props {
  title: string;
  lead: ReactNode;
  children: ReactNode;
  /** Under the form: other ways. */
  foot?: ReactNode;
}

/** What stands round the pages that need nobody to be signed in. */
export function Entrance({ title, lead, children, foot }: Props) {
  useEffect(() => {
    document.title = `${title} · Berth`;
  }, [title]);
  return (
    <main className={classes.page}>
      <div className={classes.toggle}>
        <ColorSchemeToggle />
      </div>
      <div className={classes.card}>
        <div className={classes.mark}>
          <Mark size={44} />
        </div>
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.lead}>{lead}</p>
        {children}
        {foot && <div className={classes.foot}>{foot}</div>}
      </div>
    </main>
  );
}
