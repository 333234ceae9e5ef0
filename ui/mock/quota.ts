import type { Quota, QuotaResource, Service, Shortage } from "../src/api/types";
import type { Database } from "./db";
import { newId } from "./ids";

type Resource = QuotaResource["resource"];
type Amounts = Record<Resource, number>;

const limits: Amounts = {
  services: 20,
  cpu_millis: 8_000,
  memory_mb: 6_144,
  storage_mb: 16_384,
  concurrent_builds: 2,
};

const hour = 3_600_000;

function usedBy(services: Service[]): Amounts {
  const sum = (amount: (service: Service) => number) =>
    services.reduce((total, service) => total + service.replicas * amount(service), 0);
  return {
    services: services.length,
    cpu_millis: Math.round(sum(({ cpuLimit }) => cpuLimit * 1000)),
    memory_mb: sum(({ memoryLimitMb }) => memoryLimitMb),
    storage_mb: services.length * 2_250 + sum(({ volumeMb }) => volumeMb ?? 0),
    concurrent_builds: services.filter(({ status }) => status === "building").length,
  };
}

export function quotaOf(db: Database, organizationId: string): Quota {
  const used = usedBy(db.list(organizationId));
  const resources = (Object.keys(limits) as Resource[]).map((resource) => ({
    resource,
    used: used[resource],
    limit: limits[resource],
    percent: Math.floor((100 * used[resource]) / limits[resource]),
    overridden: resource === "memory_mb",
  }));
  return {
    organizationId,
    volumes: "unlimited",
    resources,
    events: resources.flatMap(({ resource, percent }) =>
      [80, 90, 100]
        .filter((threshold) => percent >= threshold)
        .map((threshold) => ({
          id: newId(),
          resource,
          threshold,
          raisedAt: new Date(Date.now() - (200 - threshold) * hour).toISOString(),
          clearedAt: null,
        }))
        .reverse(),
    ),
    recalculatedAt: new Date(Date.now() - hour / 4).toISOString(),
  };
}

/** What an organisation lacks for more replicas of a service. */
export function shortagesOf(
  db: Database,
  organizationId: string,
  service: Service,
  more: number,
): Shortage[] {
  const used = usedBy(db.list(organizationId));
  const wanted: [Resource, number][] = [
    ["cpu_millis", Math.round(more * service.cpuLimit * 1000)],
    ["memory_mb", more * service.memoryLimitMb],
  ];
  return wanted
    .filter(([resource, amount]) => amount > 0 && used[resource] + amount > limits[resource])
    .map(([resource, amount]) => ({
      resource,
      wanted: amount,
      used: used[resource],
      limit: limits[resource],
    }));
}
