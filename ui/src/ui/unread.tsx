import { Button } from "@mantine/core";
import { sentenceOf } from "../api/problem";
import { EmptyState } from "./empty-state";

interface Props {
  query: { isPending: boolean; isSuccess: boolean; error: unknown; refetch: () => unknown };
}

/** Stands in a panel for what is not there yet, or could not be read. */
export function Unread({ query }: Props) {
  if (query.isSuccess) {
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
