import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditWords, knownActions } from "../src/components/audit-words";

const home = join(import.meta.dirname, "../..");

const texts = (folder: string, ending: string) =>
  readdirSync(join(home, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(join(home, folder, file), "utf8"));

const actionsIn = (sources: string[]) =>
  sources.flatMap((text) => [...text.matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map(([, action = ""]) => action));

/** Of people and of the platform: these stand in no organisation's log. The last one stands in a log that nobody can read any more. */
const elsewhere = [
  "identity.link",
  "password.change",
  "password.reset",
  "quota_defaults.change",
  "session.create",
  "session.revoke",
  "session.revoke_others",
  "totp.confirm",
  "totp.remove",
  "user.create",
  "user.disable",
  "user.enable",
  "organization.delete",
];

/** All that is written into an audit log, after the sources of whatever writes there. */
function written(): Set<string> {
  const sources = ["api", "domain", "activities", "workers"]
    .flatMap((module) => texts(`${module}/src/main/java`, ".java"))
    .filter((text) => /\bAudit(Trail|Entry)\b|\baccount\.note\(/.test(text));
  const kinds = readFileSync(join(home, "domain/src/main/java/dev/berth/domain/OperationKind.java"), "utf8");
  const operations = [...kinds.matchAll(/^ {4}([A-Z]+)[,;]/gm)].map(([, kind = ""]) => kind);
  expect(operations).toContain("DEPLOY");
  return new Set([...actionsIn(sources), ...operations.map((kind) => `service.${kind.toLowerCase()}`)]);
}

test("The filter of the audit log offers what the API writes, and nothing else", () => {
  const all = written();
  expect(elsewhere.filter((action) => !all.has(action))).toEqual([]);
  expect([...all].filter((action) => !elsewhere.includes(action)).sort()).toEqual(knownActions);
});

test("The mock writes nothing that the API does not", () => {
  const mock = ["organization-handlers.ts", "seed-access.ts"].flatMap((file) => texts("ui/mock", file));
  const actions = actionsIn(mock);
  expect(actions).toContain("member.role_change");
  expect(actions.filter((action) => !knownActions.includes(action))).toEqual([]);
});

test.each([
  ["service.deploy", "Deploy service"],
  ["organization.create", "Create organisation"],
  ["member.role_change", "Change role of member"],
])("%s reads as words", (action, words) => {
  expect(auditWords({ action })).toBe(words);
});
