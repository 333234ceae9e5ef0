import type { QueryClient } from "@tanstack/react-query";
import type { Me } from "../api/access-types";
import { ApiError } from "../api/problem";
import { meQuery } from "../api/queries";
import { chooseOrganization, chosenOrganization } from "./chosen-organization";

/**
 * The organisation to work in, of those that somebody belongs to: the one that this browser chose, while they belong to it,
 * else the first. A token brings its own. Undefined leaves it to the API.
 */
export function organizationToChoose(me: Me, chosen: string | undefined): string | undefined {
  if (me.token) {
    return undefined;
  }
  const own = me.organizations.map(({ id }) => id);
  const kept = chosen && own.includes(chosen) ? chosen : undefined;
  return kept ?? me.organization?.id ?? own[0];
}

/** Who is signed in, with an organisation that they may see; throws where nobody is. */
export async function loadMe(queryClient: QueryClient): Promise<Me> {
  const me = await queryClient.ensureQueryData(meQuery()).catch((error: unknown) => {
    // The chosen organisation may be gone, or of whoever sat here before.
    if (error instanceof ApiError && error.status !== 401 && error.status < 500 && chosenOrganization()) {
      chooseOrganization(undefined);
      return queryClient.fetchQuery(meQuery());
    }
    throw error;
  });
  const id = organizationToChoose(me, chosenOrganization());
  if (id === chosenOrganization() && (me.token || id === me.organization?.id)) {
    return me;
  }
  chooseOrganization(id);
  return id === me.organization?.id ? me : queryClient.fetchQuery({ ...meQuery(), staleTime: 0 });
}
