import { Button } from "@mantine/core";
import { isShown, sentenceOf } from "../api/problem";
import { EmptyState } from "./empty-state";

interface Props {
  query: { data: unknown; error: unknown; isPending: boolean; refetch: () => unknown };
}

/**
 * Stands in a panel for what is not there yet, or could not be read. What was read before stays while the API does not answer, which
 * the banner above the page says.
 */
export function Unread({ query }: Props) {
  if (isShown(query)) {
    return null;
  }
  return query.isPending ? (
    <EmptyState title="Reading…" />
  ) : (
    <EmptyState title="This could not be read">
      <p>{sentenceOf(query.error)}</p>
      <Button variant="default" size="compact-sm" onClick={() => query.refetch()}>
        Try again
      </Button>
    </EmptyState>
  );
}
