import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryKey,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { useEffect } from "react";

/** One answer of a list. */
export interface Page<Item> {
  items: Item[];
  /** Where the next page begins; null on the last. */
  nextCursor: string | null;
}

/** What a list is asked for: how many, and where to begin. */
export interface PageAsked {
  limit: number;
  cursor?: string;
}

/** The most that the API gives at once. */
export const mostAtOnce = 200;

/** A list that is read page by page. */
export const pagedQuery = <Item>(
  queryKey: QueryKey,
  limit: number,
  read: (query: PageAsked, signal: AbortSignal) => Promise<{ data?: Page<Item> | undefined }>,
) =>
  infiniteQueryOptions({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }): Promise<Page<Item>> => {
      const { data } = await read({ limit, ...(pageParam ? { cursor: pageParam } : {}) }, signal);
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** All that was read so far. */
export const itemsOf = <Item>(data: InfiniteData<Page<Item>> | undefined): Item[] =>
  data?.pages.flatMap(({ items }) => items) ?? [];

/** Reads the list to its end, for what offers all of it to choose from. */
export function useWhole<Item>(options: ReturnType<typeof pagedQuery<Item>>): Item[] {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(options);
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) {
      fetchNextPage();
    }
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return itemsOf(data);
}
