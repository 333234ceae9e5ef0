import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

/** `/services/x/builds` and `/services/x` are one page with tabs. */
const pageOf = (pathname: string) => pathname.split("/").slice(0, 3).join("/");

/** Puts the focus on the element with this id when another page comes, so that a screen reader begins there. */
export function useFocusOnNewPage(id: string) {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, toLocation }) => {
        if (fromLocation && pageOf(fromLocation.pathname) !== pageOf(toLocation.pathname)) {
          document.getElementById(id)?.focus({ preventScroll: true });
        }
      }),
    [router, id],
  );
}
