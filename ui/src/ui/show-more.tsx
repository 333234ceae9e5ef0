import { Button } from "@mantine/core";
import classes from "./form.module.css";

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  label?: string;
}

/** Stands under a list of which there is more. */
export function ShowMore({ query, label = "Show more" }: Props) {
  return query.hasNextPage ? (
    <div className={classes.end}>
      <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        {label}
      </Button>
    </div>
  ) : null;
}
