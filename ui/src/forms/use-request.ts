import type { UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import { type Intent, useIntents } from "../api/intent";
import { ApiError, fieldOf, sentenceOf } from "../api/problem";

/** The API's refusal by field of the form; empty where it names none. */
export function refusedFields(error: unknown, fields: string[]): Record<string, string> {
  if (!(error instanceof ApiError)) {
    return {};
  }
  const found: Record<string, string> = {};
  for (const { pointer, detail } of error.problem.errors ?? []) {
    const field = fieldOf(pointer);
    if (fields.includes(field)) {
      found[field] = detail.charAt(0).toUpperCase() + detail.slice(1);
    }
  }
  return found;
}

/**
 * Sends what a form holds: `busy` meanwhile, refusals at their fields, and `problem` for what belongs to no field. `send`
 * gives back whether the API took it. The intent is the same until the API took it or the form holds something else.
 */
export function useRequest<Values extends object>(form: UseFormReturnType<Values>) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const intents = useIntents();

  const send = async (request: (intent: Intent) => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await request(intents.of(form.getValues()));
      intents.end();
      return true;
    } catch (error) {
      const fields = refusedFields(error, Object.keys(form.values));
      form.setErrors(fields);
      const [first] = Object.keys(fields);
      if (first) {
        form.getInputNode(first)?.focus();
      } else {
        setProblem(sentenceOf(error));
      }
      return false;
    } finally {
      setBusy(false);
    }
  };

  return { busy, problem, send };
}
