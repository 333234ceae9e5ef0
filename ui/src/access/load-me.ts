import type { QueryClient } from "@tanstack/react-query";
import { organizationsQuery } from "../api/access-queries";
import type { Me } from "../api/access-types";
import { isMissing, isSecondFactorRequired } from "../api/problem";
import { meQuery } from "../api/queries";
import { chooseOrganization, chosenOrganization } from "./chosen-organization";

/** The organisation to work in, of those that somebody belongs to: the one that was chosen before, else the first. */
export function organizationToChoose(
  organizations: { id: string }[],
  chosen: string | undefined,
): string | undefined {
  return (organizations.find(({ id }) => id === chosen) ?? organizations[0])?.id;
}

/** Who is signed in, perhaps without an organisation; throws where nobody is. */
export const whoIsSignedIn = (queryClient: QueryClient): Promise<Me> =>
  queryClient.ensureQueryData(meQuery()).catch((error: unknown) => {
    // The chosen organisation is gone, or was of whoever sat here before. Any other refusal says nothing about it.
    if (isMissing(error) && chosenOrganization()) {
      chooseOrganization(undefined);
      return queryClient.fetchQuery(meQuery());
    }
    throw error;
  });

/** Who is signed in, with an organisation that they may see; throws where nobody is. */
export async function loadMe(queryClient: QueryClient): Promise<Me> {
  const me = await whoIsSignedIn(queryClient);
  if (me.organization) {
    // A token brings its own, and wants no other to be named.
    chooseOrganization(me.token ? undefined : me.organization.id);
    return me;
  }
  const organizations = await queryClient.fetchInfiniteQuery(organizationsQuery()).catch((error: unknown) => {
    if (isSecondFactorRequired(error)) {
      return undefined;
    }
    throw error;
  });
  if (!organizations) {
    // Without an organisation they still see their account, where they set it up; the choice is kept for then.
    return me;
  }
  const id = organizationToChoose(organizations.pages[0]?.items ?? [], chosenOrganization());
  chooseOrganization(id);
  return id ? queryClient.fetchQuery({ ...meQuery(), staleTime: 0 }) : me;
}
