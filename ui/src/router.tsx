import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { ApiError } from "./api/problem";
import { meQuery, serviceQuery, servicesQuery } from "./api/queries";
import type { ServiceStatus } from "./api/types";
import { ConsoleLayout } from "./layouts/console-layout";
import { ErrorPage } from "./pages/error-page";
import { NotFoundPage } from "./pages/not-found-page";
import { ServicesPage } from "./pages/services/services-page";
import { SignInPage } from "./pages/sign-in-page";
import { serviceStatuses } from "./util/status";

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: () => (
    <main>
      <NotFoundPage />
    </main>
  ),
});

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

/** Only an address of the console itself: a link may not send a person elsewhere after sign-in. */
const ownAddress = (value: unknown) => {
  const address = text(value);
  return address?.startsWith("/") && !address.startsWith("//") && !address.includes("\\")
    ? address
    : undefined;
};

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({
    next: ownAddress(search.next),
  }),
  component: SignInPage,
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "console",
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery());
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: "/sign-in", search: location.pathname === "/" ? {} : { next: location.href } });
      }
      throw error;
    }
  },
  component: ConsoleLayout,
  // In place of the layout, so it brings its own landmark.
  errorComponent: (props) => (
    <main>
      <ErrorPage {...props} />
    </main>
  ),
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/services" });
  },
});

const services = createRoute({
  getParentRoute: () => signedIn,
  path: "/services",
  validateSearch: (
    search: Record<string, unknown>,
  ): { search?: string | undefined; status?: ServiceStatus | undefined } => ({
    search: text(search.search),
    status: serviceStatuses.find((status) => status === search.status),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queryClient.ensureInfiniteQueryData(servicesQuery(deps)),
  component: ServicesPage,
  errorComponent: ErrorPage,
});

const newService = createRoute({
  getParentRoute: () => signedIn,
  path: "/services/new",
  component: lazyRouteComponent(() => import("./forms/service-create"), "ServiceCreate"),
});

const service = createRoute({
  getParentRoute: () => signedIn,
  path: "/services/$serviceId",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(serviceQuery(params.serviceId)),
  component: lazyRouteComponent(() => import("./pages/service/service-page"), "ServicePage"),
  errorComponent: ErrorPage,
});

const deployments = createRoute({
  getParentRoute: () => service,
  path: "/",
  validateSearch: (search: Record<string, unknown>): { deployment?: string | undefined } => ({
    deployment: text(search.deployment),
  }),
  component: lazyRouteComponent(() => import("./pages/service/deployments-tab"), "DeploymentsTab"),
});

const builds = createRoute({
  getParentRoute: () => service,
  path: "/builds",
  validateSearch: (search: Record<string, unknown>): { build?: string | undefined } => ({
    build: text(search.build),
  }),
  component: lazyRouteComponent(() => import("./pages/service/builds-tab"), "BuildsTab"),
});

const settings = createRoute({
  getParentRoute: () => service,
  path: "/settings",
  component: lazyRouteComponent(() => import("./pages/service/settings-tab"), "SettingsTab"),
});

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([home, services, newService, service.addChildren([deployments, builds, settings])]),
]);

export function createConsoleRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context: { queryClient },
    scrollRestoration: true,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    ...(history ? { history } : {}),
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
