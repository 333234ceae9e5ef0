import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { ApiError } from "../api/problem";
import classes from "./outage-banner.module.css";

const isOutage = (error: unknown) => error !== null && !(error instanceof ApiError && error.status < 500);

/** Says that what is on screen may be old, while the API does not answer. */
export function OutageBanner() {
  const cache = useQueryClient().getQueryCache();
  const out = useSyncExternalStore(
    (onChange) => cache.subscribe(onChange),
    () =>
      cache
        .findAll({ type: "active" })
        .some(({ state }) => isOutage(state.error) || isOutage(state.fetchFailureReason)),
  );
  return (
    <div role="status">
      {out && (
        <p className={classes.banner}>
          Berth does not answer. What you see may be old; your services go on running. Trying again…
        </p>
      )}
    </div>
  );
}
