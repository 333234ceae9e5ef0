import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";

/** Goes into the console once a session is open. Nothing that was read before counts for whoever came in. */
export function useEnter() {
  const queryClient = useQueryClient();
  const router = useRouter();
  return (next = "/services") => {
    queryClient.clear();
    router.history.push(next);
  };
}
