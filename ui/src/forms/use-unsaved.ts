import { modals } from "@mantine/modals";
import { useQueryClient } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { Me } from "../api/access-types";
import { meQuery } from "../api/queries";
import { isEntrance } from "../entrances";
import { confirmed } from "../ui/confirm";

/**
 * Asks whoever leaves the page while `unsaved` says that something would be lost. Nobody is asked where there is nothing left to
 * save to: signed out, held until two-step sign-in is on, or gone over to another organisation.
 */
export function useUnsaved(unsaved: () => boolean) {
  const queryClient = useQueryClient();
  const organization = () => queryClient.getQueryData<Me>(meQuery().queryKey)?.organization?.id;
  const at = useRef(organization());
  const asking = useRef(false);

  useBlocker({
    enableBeforeUnload: unsaved,
    shouldBlockFn: async ({ current, next }) => {
      const forced = isEntrance(next.pathname) || "required" in next.search || organization() !== at.current;
      if (forced || next.pathname === current.pathname || !unsaved()) {
        return false;
      }
      asking.current = true;
      const leaves = await confirmed({
        title: "Leave without saving?",
        text: "What you changed here is not saved yet. It is lost when you leave.",
        action: "Leave",
        dismiss: "Stay",
      });
      asking.current = false;
      return !leaves;
    },
  });

  // A question about a form that is not there any more.
  useEffect(
    () => () => {
      if (asking.current) {
        modals.closeAll();
      }
    },
    [],
  );
}
