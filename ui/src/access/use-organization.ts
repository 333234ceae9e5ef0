import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import type { Role } from "../api/access-types";
import { meQuery } from "../api/queries";
import { chooseOrganization } from "./chosen-organization";
import { roleOf } from "./permission";

interface Current {
  id: string;
  name: string;
  slug: string;
  role: Role;
}

/** The organisation that the console shows; the layout shows no page about one to who belongs to none. */
export function useOrganization(): Current {
  const { data: me } = useSuspenseQuery(meQuery());
  const role = roleOf(me);
  if (!me.organization || !role) {
    throw new Error("There is no organisation");
  }
  return { ...me.organization, role };
}

/** Goes over to another organisation: nothing that was read of the last one stays. */
export function useSwitchOrganization() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  return async (id: string | undefined) => {
    const meKey = JSON.stringify(meQuery().queryKey);
    chooseOrganization(id);
    await queryClient.cancelQueries();
    queryClient.removeQueries({
      predicate: ({ queryKey }) => JSON.stringify(queryKey) !== meKey,
    });
    if (!pathname.startsWith("/organization")) {
      await navigate({ to: "/services" });
    }
    await queryClient.fetchQuery({ ...meQuery(), staleTime: 0 });
  };
}
