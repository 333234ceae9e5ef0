import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { keepNext } from "./next-address";

/** Goes into the console once a session is open. Nothing that was read before counts for whoever came in. */
export function useEnter() {
  const queryClient = useQueryClient();
  const router = useRouter();
  return (next = "/services") => {
    queryClient.clear();
    keepNext(undefined);
    router.history.push(next);
  };
}
