import type { AuditEvent, AuditOutcome } from "../src/api/access-types";
import type { Database } from "./db";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Invitations, tokens, grants and a log that go with the seeded services. */
export function seedAccess(db: Database) {
  const { people, home } = db;
  const captain = people.person("captain@example.com");
  const developer = people.person("dev@example.com");
  const viewer = people.person("viewer@example.com");
  const services = db.list();
  const shop = services.find(({ slug }) => slug === "shop-frontend");
  if (!captain || !developer || !viewer || !shop) {
    return;
  }
  const long = people.addPerson(
    "Maximiliane Freifrau von Hohenfels-Wolkenstein",
    "maximiliane.von-hohenfels-wolkenstein@subsidiary.northwind-trading.example",
  );
  people.seats.push({
    organizationId: home,
    userId: long.id,
    role: "developer",
    createdAt: new Date(Date.now() - 40 * day).toISOString(),
  });

  people.invite(home, "ilse@example.com", "viewer", captain.id, 12 * day);
  people.invite(home, "jonas.berg@example.com", "admin", captain.id, 2 * day);
  people.grants.push({ organizationId: home, serviceId: shop.id, userId: viewer.id, role: "developer" });

  people.addToken(home, captain, { name: "Backup of the audit log", scope: "read" }, 120 * day);
  people.addToken(
    home,
    developer,
    {
      name: "Continuous integration",
      scope: "deploy",
      serviceId: shop.id,
      expiresInDays: 60,
    },
    30 * day,
  );

  const by = (person: { id: string; email: string }, address = "192.0.2.17"): AuditEvent["actor"] => ({
    kind: "user",
    id: person.id,
    name: person.email,
    address,
  });
  const add = (
    age: number,
    actor: AuditEvent["actor"],
    action: string,
    subject: [string, string, string?],
    outcome: AuditOutcome = "succeeded",
    detail: Record<string, string> = {},
  ) => {
    const [kind, name, id] = subject;
    people.audit.append(home, {
      actor,
      action,
      subject: { kind, name, id: id ?? null },
      outcome,
      detail,
      age,
    });
  };
  const berth: AuditEvent["actor"] = { kind: "operation", id: null, name: "deploy", address: null };
  for (const [index, service] of [...services].reverse().entries()) {
    const age = 41 * day - index * 5 * day;
    add(age, by(developer, "198.51.100.4"), "service.create", ["service", service.name, service.id]);
    add(
      age - minute,
      by(developer, "198.51.100.4"),
      "service.deploy",
      ["service", service.name, service.id],
      "requested",
    );
    add(age - 4 * minute, berth, "service.deploy", ["service", service.name, service.id]);
  }
  for (let index = 60; index > 0; index -= 1) {
    add(
      index * hour + 4 * day,
      {
        kind: "token",
        id: people.tokens[0]?.id ?? null,
        name: "Continuous integration",
        address: "203.0.113.80",
      },
      "service.deploy",
      ["service", shop.name, shop.id],
      "requested",
      { deployment: shop.id },
    );
  }
  add(3 * day, by(captain), "invitation.create", ["invitation", "jonas.berg@example.com"], "succeeded", {
    role: "admin",
  });
  add(
    2 * day,
    by(long, "2001:db8:4:11::9c"),
    "service.change",
    ["service", shop.name, shop.id],
    "succeeded",
    {
      fields: "env, memoryLimitMb",
      env: "API_URL, LOG_LEVEL",
    },
  );
  add(5 * hour, by(viewer), "request.send", ["request", "deployService", shop.id], "refused", {
    request: "POST /api/containers/services/{serviceId}/deploy",
    needs: "deploy",
  });
  add(2 * hour, berth, "service.deploy", ["service", shop.name, shop.id], "failed", {
    reason: "The app did not become healthy in 60 s.",
  });
  add(47 * minute, by(captain), "service.deploy", ["service", shop.name, shop.id], "requested");
  add(46 * minute, berth, "service.deploy", ["service", shop.name, shop.id]);
}
