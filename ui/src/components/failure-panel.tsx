import { IconAlertTriangle } from "@tabler/icons-react";
import type { Reason } from "../api/types";
import classes from "./failure-panel.module.css";

interface Props {
  reason: Reason;
  /** `rolled_back` is a rescue, `failed` is not. */
  tone: "bad" | "warn";
}

/** Why it failed, in the user's words, and what to do about it. */
export function FailurePanel({ reason, tone }: Props) {
  return (
    <section className={classes.failure} data-tone={tone} aria-label="What went wrong">
      <IconAlertTriangle size={18} className={classes.icon} aria-hidden="true" />
      <div className={classes.text}>
        <p className={classes.sentence}>{reason.sentence}</p>
        {reason.suggestion && <p className={classes.suggestion}>{reason.suggestion}</p>}
        {reason.evidence && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <section className={classes.evidence} tabIndex={0} aria-label="Evidence">
            <pre>{reason.evidence}</pre>
          </section>
        )}
        <p className={classes.code}>{reason.code.toLowerCase()}</p>
      </div>
    </section>
  );
}
