import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { isTooMany, isUnanswered } from "../api/problem";
import classes from "./outage-banner.module.css";

type Trouble = "silent" | "busy" | undefined;

const sentences = {
  silent: "Berth does not answer. What you see may be old; your services go on running. Trying again…",
  busy: "Too many requests come from here. What you see may be old; your services go on running. Asking again soon…",
};

const troubleOf = (errors: unknown[]): Trouble => {
  const unanswered = errors.filter((error) => error !== null && isUnanswered(error));
  return unanswered.length === 0 ? undefined : unanswered.every(isTooMany) ? "busy" : "silent";
};

/** Says that what is on screen may be old, while the API does not answer. */
export function OutageBanner() {
  const cache = useQueryClient().getQueryCache();
  const trouble = useSyncExternalStore(
    (onChange) => cache.subscribe(onChange),
    () =>
      troubleOf(
        cache.findAll({ type: "active" }).flatMap(({ state }) => [state.error, state.fetchFailureReason]),
      ),
  );
  return <div role="status">{trouble && <p className={classes.banner}>{sentences[trouble]}</p>}</div>;
}
