import classes from "./logo.module.css";

/** A bollard with a line round it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path
        fill="currentColor"
        d="M5.4 3h13.2a3 3 0 0 1 0 6H16.3l.7 9h1.3a1.5 1.5 0 0 1 0 3H5.7a1.5 1.5 0 0 1 0-3H7l.7-9H5.4a3 3 0 0 1 0-6Z"
      />
      <path
        className={classes.rope}
        d="M6.2 12.6 17.8 11.2M6 16l11.8-1.5c2.3-.3 4.2.9 5.2 3.5"
        strokeWidth="1.9"
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
