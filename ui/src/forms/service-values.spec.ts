import { describe, expect, test } from "vitest";
import { ApiError } from "../api/problem";
import { envRow, fieldErrors, newService, parseEnv, serviceSchema, toCreate } from "./service-values";

const filled = { ...newService, name: " Shop ", gitUrl: "https://git.example/shop" };

const refusal = (errors: { pointer: string; detail: string }[]) =>
  new ApiError({ type: "/problems/validation", title: "Refused", status: 400, errors });

describe("The API's refusal", () => {
  test("lands on the field that its pointer names, as a sentence of its own", () => {
    expect(fieldErrors(refusal([{ pointer: "/gitUrl", detail: "must name a host" }]), filled)).toEqual({
      gitUrl: "Must name a host",
    });
  });

  test("lands on the row of the variable that it names", () => {
    const values = { ...filled, env: [envRow("A", "1"), envRow("B/C", "2")] };
    expect(fieldErrors(refusal([{ pointer: "/env/B~1C", detail: "is not a name" }]), values)).toEqual({
      "env.1.name": "Is not a name",
    });
  });

  test("lands on the part of the deploy window that it names", () => {
    const errors = [
      { pointer: "#/deployWindows/1/from", detail: "must be a time of the day" },
      { pointer: "#/deployWindowZone", detail: "must be a time zone" },
    ];
    expect(fieldErrors(refusal(errors), filled)).toEqual({
      "deployWindows.1.from": "Must be a time of the day",
      deployWindowZone: "Must be a time zone",
    });
  });

  test("is left to the page where it names nothing of the form", () => {
    expect(fieldErrors(refusal([{ pointer: "/quota", detail: "is used up" }]), filled)).toEqual({});
    expect(fieldErrors(new TypeError("offline"), filled)).toEqual({});
  });
});

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

  test("takes the lines of a .env file and nothing else", () => {
    const rows = parseEnv('# comment\nA=1\n\nexport B="two words"\nC=x=y\nnonsense\n1D=no');
    expect(rows.map(({ name, value }) => [name, value])).toEqual([
      ["A", "1"],
      ["B", "two words"],
      ["C", "x=y"],
    ]);
  });
});
