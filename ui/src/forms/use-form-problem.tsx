import { type ReactNode, useState } from "react";
import { Notice } from "../ui/notice";
import { RefusalNotice } from "../ui/refusal-notice";
import type { ServiceForm } from "./service-fields";
import { refusalsOf } from "./service-refusals";
import type { ServiceValues } from "./service-values";

/** What keeps a service's form from being taken: marks at its fields, the first of which gets the focus, and what is said below. */
export function useFormProblem(form: ServiceForm) {
  const [problem, setProblem] = useState<ReactNode>();

  const mark = (errors: ServiceForm["errors"]) => {
    form.setErrors(errors);
    focusFirst(Object.keys(errors).map((path) => form.getInputNode(path)));
  };

  return {
    problem,
    clear: () => setProblem(undefined),

    /** What could be said before the API was asked. */
    invalid: (errors: ServiceForm["errors"]) => {
      setProblem(<Notice tone="bad" title="Some fields are not right yet. They are marked above." />);
      mark(errors);
    },

    /** What the API said of `values`. What it says of something that is not on screen has no other place than this one. */
    refuse: (error: unknown, values: ServiceValues) => {
      const refusals = refusalsOf(error, values);
      const shown = refusals.filter(({ path }) => path !== undefined && form.getInputNode(path));
      const others = refusals.filter((refusal) => !shown.includes(refusal));
      if (refusals.length === 0) {
        setProblem(<RefusalNotice error={error} />);
      } else {
        setProblem(<Refused shown={shown.length} others={others.map(({ sentence }) => sentence)} />);
      }
      mark(Object.fromEntries(shown.map(({ path, detail }) => [path, detail])));
    },
  };
}

function Refused({ shown, others }: { shown: number; others: string[] }) {
  const [first = "", ...rest] = others;
  return shown === 0 ? (
    <Notice tone="bad" title={first}>
      {rest.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  ) : (
    <Notice tone="bad" title="Berth refused some fields. They are marked above.">
      {others.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  );
}

/** The first on the page, whatever the order of the errors is. What holds several fields gives the focus to one of them. */
function focusFirst(nodes: (HTMLElement | null)[]) {
  const [first] = nodes
    .filter((node) => node !== null)
    .sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1));
  const field = first?.matches(focusable) ? first : first?.querySelector<HTMLElement>(focusable);
  field?.focus();
}

const focusable = "input:not([type=hidden]), textarea, button";
