import { useEffect, useState } from "react";
import { durationBetween, formatAgo, formatTime } from "../util/format";

/** The present moment, renewed every `interval` milliseconds while `ticking`. */
function useNow(interval: number, ticking = true) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) {
      return;
    }
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [interval, ticking]);
  return now;
}

/** “3 min. ago”, with the moment itself on hover. */
export function Ago({ at }: { at: string }) {
  const now = useNow(5_000);
  return (
    <time dateTime={at} title={formatTime(at)}>
      {formatAgo(at, now)}
    </time>
  );
}

/** How long something took, or runs already. */
export function Elapsed({ from, to }: { from: string; to?: string | null | undefined }) {
  const now = useNow(100, !to);
  return <span className="mono">{durationBetween(from, to, now)}</span>;
}
