import { infiniteQueryOptions, QueryCache, QueryClient } from "@tanstack/react-query";
import { api, client } from "./client";
import { ApiError } from "./problem";
import type { ServiceStatus } from "./types";

/** How often what is on screen is read again, in milliseconds. */
export const pollInterval = 2_000;

const pageSize = 50;

/** Refused requests stay refused; an API that restarts is asked again. */
export function createQueryClient(onSignedOut: () => void = () => {}) {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.status === 401) {
          onSignedOut();
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
}

export const servicesQuery = ({ search, status }: ServiceFilter) =>
  infiniteQueryOptions({
    queryKey: ["services", { search, status }],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await client.GET("/api/containers/services", {
        params: {
          query: {
            limit: pageSize,
            ...(search ? { search } : {}),
            ...(status ? { status } : {}),
            ...(pageParam ? { cursor: pageParam } : {}),
          },
        },
        signal,
      });
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const serviceQuery = (serviceId: string) =>
  api.queryOptions("get", "/api/containers/services/{serviceId}", { params: { path: { serviceId } } });

export const deploymentsQuery = (serviceId: string) =>
  infiniteQueryOptions({
    queryKey: ["deployments", serviceId],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await client.GET("/api/containers/services/{serviceId}/deployments", {
        params: { path: { serviceId }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      });
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const deploymentQuery = (serviceId: string, deploymentId: string) =>
  api.queryOptions("get", "/api/containers/services/{serviceId}/deployments/{deploymentId}", {
    params: { path: { serviceId, deploymentId } },
  });

export const buildsQuery = (serviceId: string) =>
  infiniteQueryOptions({
    queryKey: ["builds", serviceId],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await client.GET("/api/containers/services/{serviceId}/builds", {
        params: { path: { serviceId }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      });
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const buildQuery = (serviceId: string, buildId: string) =>
  api.queryOptions("get", "/api/containers/services/{serviceId}/builds/{buildId}", {
    params: { path: { serviceId, buildId } },
  });

/** Where a build's log is read: whole as text, or line by line as events. */
export const buildLogPath = (serviceId: string, buildId: string) =>
  `/api/containers/services/${serviceId}/builds/${buildId}/log`;
