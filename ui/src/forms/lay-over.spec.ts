import { describe, expect, test } from "vitest";
import { type EnvRow, envOf, envRow } from "./env-values";
import { layOver } from "./lay-over";
import { newService, type ServiceValues } from "./service-values";

const before: ServiceValues = {
  ...newService,
  name: "Shop",
  env: [envRow("A", "1"), envRow("B", "2"), envRow("C", "3")],
};

const rowsOf = (env: Record<string, string>): EnvRow[] =>
  Object.entries(env).map(([name, value]) => envRow(name, value));

describe("What somebody changed, over what another saved meanwhile", () => {
  test("keeps both where they changed different fields", () => {
    const { values, clashes } = layOver({ ...before, port: 9_000 }, before, { ...before, replicas: 7 });
    expect(values).toMatchObject({ port: 9_000, replicas: 7 });
    expect(clashes).toEqual([]);
  });

  test("keeps the own of a field that both changed, and names it", () => {
    const { values, clashes } = layOver({ ...before, replicas: "3" }, before, { ...before, replicas: 7 });
    expect(values.replicas).toBe("3");
    expect(clashes).toEqual(["Replicas"]);
  });

  test("clashes with nothing where both changed it to the same", () => {
    const { clashes } = layOver({ ...before, replicas: "7" }, before, { ...before, replicas: 7 });
    expect(clashes).toEqual([]);
  });

  test("takes the variables one by one", () => {
    const own = { ...before, env: [...rowsOf({ A: "own", C: "3", MINE: "1" }), envRow()] };
    const newest = { ...before, env: rowsOf({ A: "theirs", B: "2", C: "theirs", THEIRS: "1" }) };
    const { values, clashes } = layOver(own, before, newest);
    expect(envOf(values.env)).toEqual({ A: "own", C: "theirs", THEIRS: "1", MINE: "1", "": "" });
    expect(clashes).toEqual(["A"]);
  });

  test("names a variable that one removed and the other changed", () => {
    const removed = layOver({ ...before, env: rowsOf({ A: "1", B: "2" }) }, before, {
      ...before,
      env: rowsOf({ A: "1", B: "2", C: "theirs" }),
    });
    expect([envOf(removed.values.env), removed.clashes]).toEqual([{ A: "1", B: "2" }, ["C"]]);
    const changed = layOver({ ...before, env: rowsOf({ A: "1", B: "2", C: "own" }) }, before, {
      ...before,
      env: rowsOf({ A: "1", B: "2" }),
    });
    expect([envOf(changed.values.env), changed.clashes]).toEqual([{ A: "1", B: "2", C: "own" }, ["C"]]);
  });
});
