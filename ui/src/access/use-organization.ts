import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import type { Me, MyOrganization } from "../api/access-types";
import { client } from "../api/client";
import { meQuery } from "../api/queries";
import { chooseOrganization } from "./chosen-organization";

/** The organisation that the console shows; the layout shows no page about one to who belongs to none. */
export function useOrganization(): MyOrganization {
  const { data: me } = useSuspenseQuery(meQuery());
  if (!me.organization) {
    throw new Error("There is no organisation");
  }
  return me.organization;
}

/** Goes over to another organisation: nothing that was read of the last one stays. */
export function useSwitchOrganization() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  return async (id: string | undefined) => {
    const meKey = JSON.stringify(meQuery().queryKey);
    chooseOrganization(id);
    await queryClient.cancelQueries();
    const me = await readMe();
    queryClient.removeQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey) !== meKey });
    queryClient.setQueryData(meQuery().queryKey, me);
    if (!pathname.startsWith("/organization")) {
      await navigate({ to: "/services" });
    }
    await router.invalidate();
  };
}

/** Past the cache: what is on screen changes in one go, once the answer is there. */
async function readMe(): Promise<Me | undefined> {
  const { data } = await client.GET("/api/me");
  return data;
}
