import { useSuspenseQuery } from "@tanstack/react-query";
import { meQuery } from "../api/queries";
import { type Permission, refusal } from "./permission";

/** Why whoever is signed in may not do something here; undefined where they may. */
export function useRefusal(permission: Permission, serviceId?: string): string | undefined {
  const { data: me } = useSuspenseQuery(meQuery());
  return refusal(me, permission, serviceId);
}
