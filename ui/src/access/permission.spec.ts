import { describe, expect, test } from "vitest";
import type { GrantRole, Me, Role, Scope } from "../api/access-types";
import { type Permission, refusal, rolesToGive, scopeRefusal } from "./permission";

const shop = "019a0000-0000-7000-8000-000000000001";
const docs = "019a0000-0000-7000-8000-000000000002";

function somebody(
  role: Role | undefined,
  more: { scope?: Scope; onlyService?: string; grants?: Record<string, GrantRole> } = {},
): Me {
  return {
    userId: "1",
    email: "dev@example.com",
    displayName: "Dana",
    platformAdmin: false,
    hasPassword: true,
    hasSecondFactor: false,
    sessionId: "2",
    token: more.scope ? { id: "3", scope: more.scope, serviceId: more.onlyService ?? null } : null,
    organization: role
      ? { id: "4", name: "Northwind", slug: "northwind", role, grants: more.grants ?? {} }
      : null,
  };
}

describe("Roles", () => {
  test.each<[Role, Permission[], Permission[]]>([
    ["viewer", ["read", "inPerson"], ["deploy", "administer", "own"]],
    ["developer", ["read", "deploy"], ["administer", "own"]],
    ["admin", ["read", "deploy", "administer"], ["own"]],
    ["owner", ["read", "deploy", "administer", "own"], []],
  ])("%s", (role, may, mayNot) => {
    for (const permission of may) {
      expect(refusal(somebody(role), permission)).toBeUndefined();
    }
    for (const permission of mayNot) {
      expect(refusal(somebody(role), permission)).toMatch(
        new RegExp(`^This needs the role .* is ${role}\\.$`),
      );
    }
  });

  test("Who belongs to no organisation may nothing there", () => {
    expect(refusal(somebody(undefined), "read")).toBe("You belong to no organisation.");
    expect(refusal(somebody(undefined), "inPerson")).toBeUndefined();
  });
});

describe("Grants", () => {
  const granted = somebody("viewer", { grants: { [shop]: "developer" } });

  test("raise a role for their service only", () => {
    expect(refusal(granted, "deploy", shop)).toBeUndefined();
    expect(refusal(granted, "deploy", docs)).toMatch(/developer/);
    expect(refusal(granted, "deploy")).toMatch(/developer/);
  });

  test("make an admin of their service, and never one of the organisation", () => {
    const admin = somebody("viewer", { grants: { [shop]: "admin" } });
    expect(refusal(admin, "administer", shop)).toBeUndefined();
    expect(refusal(admin, "administer")).toMatch(/admin/);
    expect(refusal(admin, "own", shop)).toMatch(/owner/);
  });
});

describe("Tokens", () => {
  test("do no more than their scope", () => {
    expect(refusal(somebody("owner", { scope: "read" }), "deploy")).toBe(
      "This needs a token with the scope deploy. Yours has read.",
    );
    expect(refusal(somebody("owner", { scope: "admin" }), "own")).toBeUndefined();
  });

  test("do no more than their holder", () => {
    expect(refusal(somebody("viewer", { scope: "admin" }), "deploy")).toMatch(/the role developer/);
  });

  test("of one service do nothing about another, nor about the organisation", () => {
    const limited = somebody("owner", { scope: "admin", onlyService: shop });
    expect(refusal(limited, "deploy", shop)).toBeUndefined();
    expect(refusal(limited, "deploy", docs)).toBe("Your token is for one service only.");
    expect(refusal(limited, "administer", shop)).toBe("Your token is for one service only.");
  });

  test("are nobody in person", () => {
    expect(refusal(somebody("owner", { scope: "admin" }), "inPerson")).toMatch(/Sign in with e-mail/);
  });
});

test("Only an owner hands out that role", () => {
  expect(rolesToGive("admin")).toEqual(["viewer", "developer", "admin"]);
  expect(rolesToGive("owner")).toContain("owner");
});

test("A token's scope is at most what its holder may", () => {
  expect(scopeRefusal("viewer", "read")).toBeUndefined();
  expect(scopeRefusal("viewer", "deploy")).toBe("Needs the role developer");
  expect(scopeRefusal("developer", "admin")).toBe("Needs the role admin");
});
