import { notifications } from "@mantine/notifications";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { organizationsQuery } from "../api/access-queries";
import type { Me, MyOrganization } from "../api/access-types";
import { client } from "../api/client";
import { isMissing, sentenceOf } from "../api/problem";
import { meQuery } from "../api/queries";
import { chooseOrganization, organizationHeaders } from "./chosen-organization";

/** The organisation that the console shows; the layout shows no page about one to who belongs to none. */
export function useOrganization(): MyOrganization {
  const { data: me } = useSuspenseQuery(meQuery());
  if (!me.organization) {
    throw new Error("There is no organisation");
  }
  return me.organization;
}

/**
 * Goes over to another organisation: nothing that was read of the last one stays. Where the other cannot be read, all stays as it
 * is, and the reader is told. Without an id, the last one is gone, and the first of those that are left is taken.
 */
export function useSwitchOrganization() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });

  const enter = async (me: Me | undefined) => {
    await queryClient.cancelQueries();
    chooseOrganization(me?.organization?.id);
    const kept = me && JSON.stringify(meQuery().queryKey);
    queryClient.removeQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey) !== kept });
    if (me) {
      queryClient.setQueryData(meQuery().queryKey, me);
    }
    if (!pathname.startsWith("/organization")) {
      await navigate({ to: "/services" });
    }
    await router.invalidate();
  };

  return async (id: string | undefined) => {
    if (id === undefined) {
      chooseOrganization(undefined);
      // There is nothing to stay in: where this fails, the page says so and can be read again.
      return enter(await readAnother().catch(() => undefined));
    }
    let me: Me | undefined;
    try {
      me = await readMe(id);
    } catch (error) {
      tellOfFailure(error);
      // The menu may offer what is there no more.
      await queryClient.invalidateQueries({ queryKey: organizationsQuery().queryKey });
      return;
    }
    await enter(me);
  };
}

/** Takes the reader elsewhere once a list of the organisation is not there any more, since they do not belong to it any more. */
export function useLostOrganization(error: unknown) {
  const { id, name } = useOrganization();
  const goTo = useSwitchOrganization();
  const lost = isMissing(error);
  const leave = useEffectEvent(async () => {
    const own = await readMe(id).catch((refused: unknown) => !isMissing(refused));
    if (!own) {
      notifications.show({
        color: "red",
        title: `You do not belong to ${name} any more`,
        message: "You were removed, or the organisation was. Ask one of its admins.",
        autoClose: false,
      });
      await goTo(undefined);
    }
  });
  useEffect(() => {
    if (lost) {
      leave();
    }
  }, [lost]);
}

/** Past the cache: what is on screen changes in one go, once the answer is there. */
async function readMe(id: string | undefined): Promise<Me | undefined> {
  const { data } = await client.GET("/api/me", { headers: organizationHeaders(id) });
  return data;
}

async function readAnother(): Promise<Me | undefined> {
  const { data } = await client.GET("/api/orgs", { params: { query: { limit: 1 } } });
  return readMe(data?.items[0]?.id);
}

const tellOfFailure = (error: unknown) =>
  notifications.show({
    color: "red",
    title: "You are still in the same organisation",
    message: isMissing(error) ? "You do not belong to the other one any more." : sentenceOf(error),
    autoClose: false,
  });
