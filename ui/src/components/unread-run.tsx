import { isMissing } from "../api/problem";
import { EmptyState } from "../ui/empty-state";
import { Panel } from "../ui/panel";
import { Unread } from "../ui/unread";

interface Props {
  title: string;
  query: Parameters<typeof Unread>[0]["query"];
}

/** Stands for a deployment or a build that is not there yet, could not be read, or is not of this service. */
export function UnreadRun({ title, query }: Props) {
  return (
    <Panel title={title} flush>
      {isMissing(query.error) ? (
        <EmptyState title="It is not there">
          <p>The address is wrong, or it was removed. Pick another one in the list.</p>
        </EmptyState>
      ) : (
        <Unread query={query} />
      )}
    </Panel>
  );
}
