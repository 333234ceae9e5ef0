import { describe, expect, test } from "vitest";
import { Database } from "../../mock/db";
import { envRow } from "./env-values";
import {
  changedFields,
  emptied,
  newService,
  type ServiceValues,
  serviceSchema,
  toCreate,
  toPatch,
  valuesOf,
} from "./service-values";

const service = new Database().create({ name: "Shop", gitUrl: "https://git.example/shop" });

const filled = { ...newService, name: " Shop ", gitUrl: "https://git.example/shop" };

describe("The form", () => {
  test("leaves the slug to the API unless one was typed", () => {
    expect(toCreate(filled)).not.toHaveProperty("slug");
    expect(toCreate({ ...filled, slug: "shop" })).toMatchObject({ slug: "shop", name: "Shop" });
  });

  test.each(["blue_green", "canary", "recreate"] as const)("takes and sends the strategy %s", (strategy) => {
    expect(serviceSchema.safeParse({ ...filled, strategy }).success).toBe(true);
    expect(toCreate({ ...filled, strategy })).toMatchObject({ strategy });
  });

  test("takes a volume for one replica that takes turns, and sends none that nobody asked for", () => {
    const kept = { ...filled, strategy: "recreate" as const, volumeMb: 512 };
    expect(serviceSchema.safeParse(kept).success).toBe(true);
    expect(toCreate(kept)).toMatchObject({ volumeMb: 512 });
    expect(toCreate(filled)).not.toHaveProperty("volumeMb");
    const wrong = serviceSchema.safeParse({ ...kept, strategy: "canary", replicas: 2 });
    expect(wrong.error?.issues.map((issue) => issue.path[0])).toEqual(["strategy", "replicas"]);
    expect(serviceSchema.safeParse({ ...filled, replicas: 2 }).success).toBe(true);
    for (const volumeMb of [63, 1_048_577, 64.5, "much"]) {
      const refused = serviceSchema.safeParse({ ...kept, volumeMb });
      expect(refused.error?.issues.map((issue) => issue.path[0])).toEqual(["volumeMb"]);
    }
  });

  test.each([
    ["gitUrl", "ssh://git.example/shop"],
    ["gitUrl", "https://git.example"],
    ["slug", "-shop"],
    ["slug", "Shop"],
    ["port", 0],
    ["port", "abc"],
    ["replicas", 1.5],
    ["cpuLimit", 0],
    ["healthPath", "health"],
    ["name", " "],
  ])("refuses %s %s", (field, value) => {
    const result = serviceSchema.safeParse({ ...filled, [field]: value });
    expect(result.error?.issues.map((issue) => issue.path[0])).toEqual([field]);
  });
});

describe("What a change sends", () => {
  const present: ServiceValues = {
    ...newService,
    name: "Shop",
    gitUrl: "https://git.example/shop",
    soakSeconds: 90,
    env: [envRow("A", "1"), envRow("B", "2")],
  };

  test("is nothing where nothing differs but blanks, keys and the order of the variables", () => {
    const same = { ...present, name: " Shop ", env: [envRow("B", "2"), envRow("A", "1")] };
    expect(toPatch(same, present)).toEqual({});
    expect(changedFields(same, present)).toEqual([]);
  });

  test("is what differs and no more, the variables as a whole", () => {
    expect(toPatch({ ...present, port: "9000" }, present)).toEqual({ port: 9_000 });
    expect(toPatch({ ...present, releaseCommand: "node\nmigrate.js" }, present)).toEqual({
      releaseCommand: ["node", "migrate.js"],
    });
    expect(toPatch({ ...present, env: [envRow("A", "1"), envRow("B", "3")] }, present)).toEqual({
      env: { A: "1", B: "3" },
    });
    expect(toPatch({ ...present, approvalRequired: true }, present)).toEqual({ approvalRequired: true });
  });

  test("has nothing of a release command that was not touched, whatever its words are", () => {
    const command = valuesOf({ ...service, releaseCommand: ["sh", "-c", "echo a\necho b", ""] });
    expect(toPatch({ ...command, port: 9_000 }, command)).toEqual({ port: 9_000 });
  });

  test("has a canary's numbers only where there is to be a canary", () => {
    const typed = { ...present, canaryWeight: 20 };
    expect(toPatch(typed, present)).toEqual({});
    expect(toPatch({ ...typed, strategy: "canary" }, present)).toEqual({
      strategy: "canary",
      canaryWeight: 20,
    });
    expect(toCreate(typed)).not.toHaveProperty("canaryWeight");
    expect(toCreate({ ...typed, strategy: "canary" })).toMatchObject({
      canaryWeight: 20,
      canaryHoldSeconds: 0,
    });
  });

  test("cannot take a number back that was set", () => {
    const without = { ...present, soakSeconds: "" };
    expect(changedFields(without, present)).toEqual(["soakSeconds"]);
    expect(Object.keys(emptied(without, present))).toEqual(["soakSeconds"]);
    expect(emptied(present, present)).toEqual({});
  });
});
