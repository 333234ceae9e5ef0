import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { itemsOf } from "../../api/paged";
import { operationsQuery } from "../../api/queries";
import type { Deployment, Operation } from "../../api/types";
import { isHeld } from "../../util/operations";

/**
 * The operation of a deployment that is held at the gates; undefined where it is not. The page polls the newest operations; since
 * others pass what is held, it may stand further down.
 */
export function useHeld(serviceId: string, deployment: Deployment | undefined): Operation | undefined {
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(operationsQuery(serviceId));
  const own = itemsOf(data).find(({ deploymentId }) => deploymentId === deployment?.id);
  const further = deployment?.status === "pending" && !own && hasNextPage && !isFetching;
  useEffect(() => {
    if (further) {
      fetchNextPage();
    }
  }, [further, fetchNextPage]);
  return own && isHeld(own) ? own : undefined;
}
