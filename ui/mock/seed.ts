import type { ServiceCreate } from "../src/api/types";
import type { Weekday } from "../src/forms/gate-values";
import { Database, type DatabaseOptions } from "./db";
import type { ScriptName } from "./scripts";
import { seedAccess } from "./seed-access";
import { siteTemplate } from "./templates";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** An organisation in the middle of a working day. */
export function seeded(options: DatabaseOptions = {}): Database {
  const db = new Database(options);
  const now = (options.now ?? Date.now)();

  const add = (
    name: string,
    repository: string,
    size: Partial<ServiceCreate>,
    age: number,
    history: [ScriptName, number][],
  ) => {
    const service = db.create(
      { name, gitUrl: `https://github.com/northwind/${repository}`, ...size },
      now - age,
    );
    for (const [script, ago] of history) {
      db.deploy(service.id, script, now - ago);
    }
    return service;
  };

  add("Docs", "handbook", { memoryLimitMb: 128, cpuLimit: 0.25, templateId: siteTemplate.id }, 41 * day, [
    ["good", 41 * day],
    ["reuse", 12 * day],
  ]);
  add("Search API", "search-api", { replicas: 3, cpuLimit: 1, memoryLimitMb: 1024 }, 33 * day, [
    ["good", 9 * day],
    ["crashes-in-soak", 3 * hour],
  ]);
  const mailer = add("Mailer", "mailer", { gitBranch: "release" }, 20 * day, [
    ["never-healthy", 25 * minute],
  ]);
  db.operations.ask(mailer.id, "delete", {
    at: now - 11 * minute,
    takes: 40_000,
    end: "failed",
    reason: {
      code: "registry_unreachable",
      sentence: "The images could not be removed: the registry does not answer.",
      suggestion: "Delete the service again once the registry is back.",
      evidence: "connection refused (5 attempts in 40 s)",
    },
  });
  add("Image resizer", "image-resizer", { replicas: 2, memoryLimitMb: 512 }, 6 * day, [["retried", 6 * day]]);
  add(
    "Shop frontend",
    "shop-frontend",
    { replicas: 2, memoryLimitMb: 512, env: { API_URL: "https://api.northwind.example", LOG_LEVEL: "info" } },
    5 * day,
    [
      ["good", 5 * day],
      ["retried", 4 * day - hour],
      ["superseded", 3 * day],
      ["good", 3 * day - minute],
      ["build-fails", 26 * hour],
      ["good", 25 * hour],
      ["never-healthy", 2 * hour],
      ["good", 47 * minute],
    ],
  );
  // Nobody had to approve the first.
  const checkout = add("Checkout", "checkout", { memoryLimitMb: 128, cpuLimit: 0.25 }, 4 * day, [
    ["good", 4 * day],
  ]);
  db.update(checkout.id, { approvalRequired: true });
  db.deploy(checkout.id, "good", now - 24 * minute);
  const opens = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "Europe/Berlin" });
  add(
    "Billing",
    "billing",
    {
      memoryLimitMb: 128,
      cpuLimit: 0.25,
      deployWindows: [
        { days: [opens.format(now + 2 * day).toLowerCase() as Weekday], from: "22:00", until: "02:00" },
      ],
      deployWindowZone: "Europe/Berlin",
    },
    16 * day,
    [
      ["good", 15 * day],
      ["good", 13 * minute],
    ],
  );
  const flags = add("Feature flags", "flags", { strategy: "recreate", volumeMb: 512 }, 9 * minute, []);
  db.operations.ask(flags.id, "deploy", { at: now - minute, takes: 0, waitingFor: "build_slot" });
  seedAccess(db);
  return db;
}
