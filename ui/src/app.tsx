import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RouterHistory, RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { forgetAll } from "./access/forget";
import { createQueryClient } from "./api/queries";
import { isEntrance } from "./entrances";
import { createConsoleRouter } from "./router";
import { colorScheme, cssVariables, theme } from "./theme";

interface Props {
  /** Tests give a memory history. */
  history?: RouterHistory;
}

export function App({ history }: Props) {
  const [{ queryClient, router }] = useState(() => assemble(history));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
      // Without transitions, a test need not wait for them.
      env={import.meta.env.MODE === "test" ? "test" : "default"}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" autoClose={3_000} />
        <ModalsProvider>
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function assemble(history?: RouterHistory) {
  const queryClient: QueryClient = createQueryClient({
    onSignedOut: async () => {
      const { pathname, href } = router.state.location;
      if (isEntrance(pathname)) {
        // What it shows was asked for by nobody; all else was of whoever sat here.
        queryClient.removeQueries({ type: "inactive" });
        return;
      }
      await router.navigate({
        to: "/sign-in",
        search: pathname === "/" ? {} : { next: href },
        replace: true,
      });
      forgetAll(queryClient);
    },
    onSecondFactorRequired: () => {
      const { pathname, search } = router.state.location;
      if (!isEntrance(pathname) && !(pathname === "/account/two-step" && search.required)) {
        router.navigate({ to: "/account/two-step", search: { required: true }, replace: true });
      }
    },
  });
  const router = createConsoleRouter(queryClient, history);
  return { queryClient, router };
}
