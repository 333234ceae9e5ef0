import type { Service, ServiceCreate } from "../src/api/types";
import { newId, slugOf } from "./ids";

/** A service without what follows from its deployments. */
export type StoredService = Omit<Service, "status" | "currentDeploymentId"> & { organizationId: string };

interface Birth {
  createdAt: number;
  organizationId: string;
  appUrl: (slug: string) => string;
}

/** A new one, with the API's defaults for what nobody chose. */
export function storedService(
  body: ServiceCreate,
  { createdAt, organizationId, appUrl }: Birth,
): StoredService {
  const slug = body.slug || slugOf(body.name);
  const at = new Date(createdAt).toISOString();
  return {
    id: newId(),
    organizationId,
    name: body.name,
    slug,
    templateId: body.templateId ?? null,
    gitUrl: body.gitUrl,
    gitBranch: body.gitBranch ?? "main",
    replicas: body.replicas ?? 1,
    cpuLimit: body.cpuLimit ?? 0.5,
    memoryLimitMb: body.memoryLimitMb ?? 256,
    port: body.port ?? 8080,
    healthPath: body.healthPath ?? "/",
    env: body.env ?? {},
    soakSeconds: body.soakSeconds ?? null,
    healthDeadlineSeconds: body.healthDeadlineSeconds ?? null,
    onNewer: body.onNewer ?? "finish",
    releaseCommand: body.releaseCommand?.length ? body.releaseCommand : null,
    releaseDeadlineSeconds: body.releaseDeadlineSeconds ?? null,
    strategy: body.strategy ?? "blue_green",
    canaryWeight: body.canaryWeight ?? 10,
    canaryHoldSeconds: body.canaryHoldSeconds ?? 0,
    canaryMaxErrorPercent: body.canaryMaxErrorPercent ?? 5,
    volumeMb: body.volumeMb ?? null,
    volumeHost: null,
    approvalRequired: body.approvalRequired ?? false,
    deployWindows: body.deployWindows ?? [],
    deployWindowZone: body.deployWindowZone ?? "UTC",
    url: appUrl(slug),
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}
