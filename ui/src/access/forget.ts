import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import type { QueryClient } from "@tanstack/react-query";
import { signInOptionsQuery } from "../api/access-queries";

/** Once nobody is signed in: forgets all that was read, so that no way back shows it, and closes what asks or tells something. */
export function forgetAll(queryClient: QueryClient) {
  modals.closeAll();
  notifications.clean();
  // Which ways in are open is nobody's secret, and the page that people come to shows it.
  const open = JSON.stringify(signInOptionsQuery().queryKey);
  queryClient.removeQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey) !== open });
}
