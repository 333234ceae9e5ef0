import classes from "./logo.module.css";

/** A bollard with a line round it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path
        fill="currentColor"
        d="M6.5 3h11a2.5 2.5 0 0 1 0 5H16l1 10h2.5a1.5 1.5 0 0 1 0 3h-15a1.5 1.5 0 0 1 0-3H7L8 8H6.5a2.5 2.5 0 0 1 0-5Z"
      />
      <path
        className={classes.rope}
        d="M1.5 15.5c3.2 0 5-1.6 7.6-2.6 2.7-1 5.6-.6 6.6.6"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className={classes.wordmark}>
      <Mark size={22} />
      Berth
    </span>
  );
}
