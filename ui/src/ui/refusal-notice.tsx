import { sentenceOf } from "../api/problem";
import { shortagesOf } from "../api/shortages";
import { formatAmount, resourceName } from "../util/quota";
import { Notice } from "./notice";
import classes from "./refusal-notice.module.css";

/** Why the API did not do it; where something lacks, what and how much of it. */
export function RefusalNotice({ error }: { error: unknown }) {
  return (
    <Notice tone="bad" title={sentenceOf(error)}>
      <Shortages error={error} />
    </Notice>
  );
}

/** What lacks and how much of it, where the API refused something for want of room. */
export function Shortages({ error }: { error: unknown }) {
  const shortages = shortagesOf(error);
  return (
    shortages.length > 0 && (
      <ul className={classes.shortages} aria-label="What lacks">
        {shortages.map(({ resource, wanted, used, limit }) => (
          <li key={resource}>
            {resourceName(resource)}: {formatAmount(resource, wanted)} more wanted,{" "}
            {formatAmount(resource, used)} used of {formatAmount(resource, limit)}
          </li>
        ))}
      </ul>
    )
  );
}
