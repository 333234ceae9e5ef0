import { ApiError } from "./problem";
import type { Shortage } from "./types";

/** What lacks where the API answers 507; empty for every other refusal. */
export function shortagesOf(error: unknown): Shortage[] {
  if (!(error instanceof ApiError) || error.status !== 507) {
    return [];
  }
  const { shortages } = error.problem as { shortages?: Shortage[] };
  return shortages ?? [];
}
