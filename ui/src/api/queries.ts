import { QueryCache, QueryClient } from "@tanstack/react-query";
import { api, client } from "./client";
import { mostAtOnce, pagedQuery } from "./paged";
import { ApiError, isMissing, isSecondFactorRequired, isSignedOut, isTooMany } from "./problem";
import type { Release, ServiceStatus } from "./types";

/** How often what is on screen is read again, in milliseconds. */
export const pollInterval = 2_000;

/** Reads again every `interval`: no sooner than the API wants to be asked, and not what is there no more. */
export const polling =
  (interval = pollInterval) =>
  ({ state: { error } }: { state: { error: unknown } }): number | false => {
    if (isMissing(error)) {
      return false;
    }
    const wanted = isTooMany(error) && error instanceof ApiError ? (error.problem.retryAfter ?? 0) : 0;
    return Math.max(interval, wanted * 1000);
  };

const pageSize = 50;

/** Deployments or builds at once; most people look at the newest few. */
const historySize = 20;

interface Refusals {
  onSignedOut: () => void;
  /** The platform demands two-step sign-in, and whoever is signed in has none. */
  onSecondFactorRequired: () => void;
}

/** Refused requests stay refused; an API that restarts is asked again. */
export function createQueryClient({ onSignedOut, onSecondFactorRequired }: Refusals) {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isSignedOut(error)) {
          onSignedOut();
        } else if (isSecondFactorRequired(error)) {
          onSecondFactorRequired();
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 1_000,
        retry: (failures, error) => !(error instanceof ApiError && error.status < 500) && failures < 2,
      },
    },
  });
}

export const meQuery = () => api.queryOptions("get", "/api/me", undefined, { staleTime: 60_000 });

export interface ServiceFilter {
  search?: string | undefined;
  status?: ServiceStatus | undefined;
  /** The id of a template. */
  template?: string | undefined;
}

export const servicesQuery = ({ search, status, template }: ServiceFilter) =>
  pagedQuery(["services", { search, status, template }], pageSize, (query, signal) =>
    client.GET("/api/containers/services", {
      params: {
        query: {
          ...query,
          ...(search ? { search } : {}),
          ...(status ? { status } : {}),
          ...(template ? { templateId: template } : {}),
        },
      },
      signal,
    }),
  );

/** For what offers all services to choose from. */
export const allServicesQuery = () =>
  pagedQuery(["services", "all"], mostAtOnce, (query, signal) =>
    client.GET("/api/containers/services", { params: { query }, signal }),
  );

export const serviceQuery = (serviceId: string) =>
  api.queryOptions("get", "/api/containers/services/{serviceId}", { params: { path: { serviceId } } });

export const deploymentsQuery = (serviceId: string) =>
  pagedQuery(["deployments", serviceId], historySize, (query, signal) =>
    client.GET("/api/containers/services/{serviceId}/deployments", {
      params: { path: { serviceId }, query },
      signal,
    }),
  );

export const deploymentQuery = (serviceId: string, deploymentId: string) =>
  api.queryOptions("get", "/api/containers/services/{serviceId}/deployments/{deploymentId}", {
    params: { path: { serviceId, deploymentId } },
  });

/** What was asked of a service, newest first. */
export const operationsQuery = (serviceId: string) =>
  pagedQuery(["operations", serviceId], historySize, (query, signal) =>
    client.GET("/api/containers/services/{serviceId}/operations", {
      params: { path: { serviceId }, query },
      signal,
    }),
  );

/** For what offers all templates to choose from. They seldom change. */
export const templatesQuery = () => ({
  ...pagedQuery(["templates"], mostAtOnce, (query, signal) =>
    client.GET("/api/templates", { params: { query }, signal }),
  ),
  staleTime: 60_000,
});

export const buildsQuery = (serviceId: string) =>
  pagedQuery(["builds", serviceId], historySize, (query, signal) =>
    client.GET("/api/containers/services/{serviceId}/builds", {
      params: { path: { serviceId }, query },
      signal,
    }),
  );

export const buildQuery = (serviceId: string, buildId: string) =>
  api.queryOptions("get", "/api/containers/services/{serviceId}/builds/{buildId}", {
    params: { path: { serviceId, buildId } },
  });

/** What a deployment's release command printed; another text once it has ended. */
export const releaseLogQuery = (serviceId: string, deploymentId: string, status: Release["status"]) => ({
  queryKey: ["release-log", serviceId, deploymentId, status],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const { data } = await client.GET(
      "/api/containers/services/{serviceId}/deployments/{deploymentId}/release-log",
      { params: { path: { serviceId, deploymentId } }, parseAs: "text", signal },
    );
    return data ?? "";
  },
});

/** Where a build's log is read: whole as text, or line by line as events. */
export const buildLogPath = (serviceId: string, buildId: string) =>
  `/api/containers/services/${serviceId}/builds/${buildId}/log`;
