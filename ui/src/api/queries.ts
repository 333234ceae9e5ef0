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

export const serviceQuery = (id: string) =>
  api.queryOptions("get", "/api/containers/services/{id}", { params: { path: { id } } });

export const deploymentsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["deployments", id],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await client.GET("/api/containers/services/{id}/deployments", {
        params: { path: { id }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      });
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const deploymentQuery = (id: string, deploymentId: string) =>
  api.queryOptions("get", "/api/containers/services/{id}/deployments/{deploymentId}", {
    params: { path: { id, deploymentId } },
  });

export const buildsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["builds", id],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await client.GET("/api/containers/services/{id}/builds", {
        params: { path: { id }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      });
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const buildQuery = (id: string, buildId: string) =>
  api.queryOptions("get", "/api/containers/services/{id}/builds/{buildId}", {
    params: { path: { id, buildId } },
  });

/** Where a build's log is read: whole as text, or line by line as events. */
export const buildLogPath = (id: string, buildId: string) =>
  `/api/containers/services/${id}/builds/${buildId}/log`;
