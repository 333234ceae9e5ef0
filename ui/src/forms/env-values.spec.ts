import { describe, expect, test } from "vitest";
import { parseEnv } from "./env-values";

describe("What is pasted", () => {
  test("takes the lines of a .env file and nothing else", () => {
    const rows = parseEnv('# comment\nA=1\n\nexport B="two words"\nC=x=y\nnonsense\n1D=no');
    expect(rows.map(({ name, value }) => [name, value])).toEqual([
      ["A", "1"],
      ["B", "two words"],
      ["C", "x=y"],
    ]);
  });
});
