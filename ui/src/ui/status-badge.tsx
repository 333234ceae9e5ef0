import type { Tone } from "../util/status";
import classes from "./status-badge.module.css";

interface Props {
  tone: Tone;
  word: string;
  /** A dot and the word without a pill round them, for dense rows. */
  plain?: boolean;
}

export function StatusBadge({ tone, word, plain = false }: Props) {
  return (
    <span className={plain ? classes.plain : classes.badge} data-tone={tone}>
      <span className={classes.dot} aria-hidden="true" />
      {word}
    </span>
  );
}
