import type { QueryClient } from "@tanstack/react-query";
import {
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { loadMe } from "./access/load-me";
import { keepNext, keptNext } from "./access/next-address";
import type { AuditFilter } from "./api/access-queries";
import type { AuditOutcome } from "./api/access-types";
import { isSignedOut } from "./api/problem";
import { type ServiceFilter, serviceQuery, servicesQuery } from "./api/queries";
import { entrances } from "./entrances";
import { ConsoleLayout } from "./layouts/console-layout";
import { ErrorPage } from "./pages/error-page";
import { ServicesPage, ServicesUnread } from "./pages/services/services-page";
import { root, text } from "./root-route";
import { serviceStatuses } from "./util/status";

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "console",
  beforeLoad: async ({ context, location }) => {
    try {
      await loadMe(context.queryClient);
    } catch (error) {
      if (isSignedOut(error)) {
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
    // The outside issuer leads back to here.
    throw redirect({ href: keptNext() ?? "/services" });
  },
});

const services = createRoute({
  getParentRoute: () => signedIn,
  path: "/services",
  validateSearch: (search: Record<string, unknown>): ServiceFilter => ({
    search: text(search.search),
    status: serviceStatuses.find((status) => status === search.status),
    template: text(search.template),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queryClient.ensureInfiniteQueryData(servicesQuery(deps)),
  component: ServicesPage,
  errorComponent: ServicesUnread,
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

const operations = createRoute({
  getParentRoute: () => service,
  path: "/operations",
  validateSearch: (search: Record<string, unknown>): { operation?: string | undefined } => ({
    operation: text(search.operation),
  }),
  component: lazyRouteComponent(() => import("./pages/service/operations-tab"), "OperationsTab"),
});

const settings = createRoute({
  getParentRoute: () => service,
  path: "/settings",
  component: lazyRouteComponent(() => import("./pages/service/settings-tab"), "SettingsTab"),
});

const organization = createRoute({
  getParentRoute: () => signedIn,
  path: "/organization",
  component: lazyRouteComponent(() => import("./pages/organization/organization-page"), "OrganizationPage"),
  errorComponent: ErrorPage,
});

const general = createRoute({
  getParentRoute: () => organization,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/organization/general-tab"), "GeneralTab"),
});

const members = createRoute({
  getParentRoute: () => organization,
  path: "/members",
  component: lazyRouteComponent(() => import("./pages/organization/members-tab"), "MembersTab"),
});

const invitations = createRoute({
  getParentRoute: () => organization,
  path: "/invitations",
  component: lazyRouteComponent(() => import("./pages/organization/invitations-tab"), "InvitationsTab"),
});

const tokens = createRoute({
  getParentRoute: () => organization,
  path: "/tokens",
  component: lazyRouteComponent(() => import("./pages/organization/tokens-tab"), "TokensTab"),
});

const outcomes: AuditOutcome[] = ["requested", "succeeded", "failed", "refused"];

const dayText = (value: unknown) =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;

const audit = createRoute({
  getParentRoute: () => organization,
  path: "/audit",
  validateSearch: (search: Record<string, unknown>): AuditFilter => ({
    action: text(search.action),
    outcome: outcomes.find((outcome) => outcome === search.outcome),
    actor: text(search.actor),
    from: dayText(search.from),
    to: dayText(search.to),
  }),
  component: lazyRouteComponent(() => import("./pages/organization/audit-tab"), "AuditTab"),
});

const platform = createRoute({
  getParentRoute: () => signedIn,
  path: "/platform",
  component: lazyRouteComponent(() => import("./pages/platform/platform-page"), "PlatformPage"),
  errorComponent: ErrorPage,
});

const people = createRoute({
  getParentRoute: () => platform,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/platform/people-tab"), "PeopleTab"),
});

const organizations = createRoute({
  getParentRoute: () => platform,
  path: "/organizations",
  component: lazyRouteComponent(() => import("./pages/platform/organizations-tab"), "OrganizationsTab"),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: "/account",
  component: lazyRouteComponent(() => import("./pages/account/account-page"), "AccountPage"),
  errorComponent: ErrorPage,
});

const profile = createRoute({
  getParentRoute: () => account,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/account/profile-tab"), "ProfileTab"),
});

const password = createRoute({
  getParentRoute: () => account,
  path: "/password",
  component: lazyRouteComponent(() => import("./pages/account/password-tab"), "PasswordTab"),
});

const twoStep = createRoute({
  getParentRoute: () => account,
  path: "/two-step",
  validateSearch: (search: Record<string, unknown>): { required?: true | undefined } => ({
    required: search.required === true || undefined,
  }),
  component: lazyRouteComponent(() => import("./pages/account/two-step-tab"), "TwoStepTab"),
});

const sessions = createRoute({
  getParentRoute: () => account,
  path: "/sessions",
  component: lazyRouteComponent(() => import("./pages/account/sessions-tab"), "SessionsTab"),
});

const routeTree = root.addChildren([
  ...entrances,
  signedIn.addChildren([
    home,
    services,
    newService,
    service.addChildren([deployments, builds, operations, settings]),
    organization.addChildren([general, members, invitations, tokens, audit]),
    platform.addChildren([people, organizations]),
    account.addChildren([profile, password, twoStep, sessions]),
  ]),
]);

export function createConsoleRouter(queryClient: QueryClient, history?: RouterHistory) {
  const router = createRouter({
    routeTree,
    context: { queryClient },
    scrollRestoration: true,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    ...(history ? { history } : {}),
  });
  // A way in is asked about more than once, so what is kept is forgotten by the page that it has led to.
  router.subscribe("onResolved", ({ toLocation }) => {
    if (toLocation.pathname !== "/sign-in") {
      keepNext(undefined);
    }
  });
  return router;
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
