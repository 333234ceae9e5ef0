import { Notice } from "../ui/notice";

/** Stands where a page needs a link that was sent to somebody, and came without. */
export function DeadLink() {
  return (
    <Notice tone="warn" title="This link is not whole">
      <p>Copy the whole address out of the message and open it again.</p>
    </Notice>
  );
}
