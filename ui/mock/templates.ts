import type { Template } from "../src/api/types";

const at = "2026-01-12T09:00:00.000Z";

const template = (digit: number, slug: string, name: string): Template => ({
  id: `019a0000-0000-7000-8000-00000000000${digit}`,
  slug,
  name,
  description: "",
  category: "web",
  nixExpression: "",
  defaultPort: 8080,
  defaultCpuLimit: 0.5,
  defaultMemoryLimitMb: 256,
  defaultEnv: {},
  createdAt: at,
  updatedAt: at,
});

export const nodeTemplate = template(1, "node", "Node.js app");
export const siteTemplate = template(2, "site", "Static site");
export const templates = [nodeTemplate, siteTemplate];
