import classes from "./logo.module.css";

/** A pair of bitts with a line laid round them in a figure of eight. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path
        fill="currentColor"
        d="M3.8 3h5a1.8 1.8 0 0 1 .2 3.6V17h6V6.6a1.8 1.8 0 0 1 .2-3.6h5a1.8 1.8 0 0 1 .2 3.6V17h.6a2 2 0 0 1 0 4H3a2 2 0 0 1 0-4h.6V6.6A1.8 1.8 0 0 1 3.8 3Z"
      />
      <path
        className={classes.rope}
        d="M2.8 10c4.2 0 5.4.3 9.2 2.3s5 2.3 9.2 2.3M2.8 14.6c4.2 0 5.4-.3 9.2-2.3s5-2.3 9.2-2.3"
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
