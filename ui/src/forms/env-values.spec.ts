import { describe, expect, test } from "vitest";
import { envRow } from "./env-values";
import { parseEnv, pasteInto } from "./parse-env";
import { newService, serviceSchema } from "./service-values";

const pairs = (rows: ReturnType<typeof parseEnv>) => rows.map(({ name, value }) => [name, value]);

describe("What is pasted", () => {
  test("is read as the lines of a .env file", () => {
    const text = '# comment\nA=1\r\n\n  export B = "two words" # why\nC=x=y\nD=\nE=a#b # c\nF= # nothing\n';
    expect(pairs(parseEnv(text))).toEqual([
      ["A", "1"],
      ["B", "two words"],
      ["C", "x=y"],
      ["D", ""],
      ["E", "a#b"],
      ["F", ""],
    ]);
  });

  test("may have values over several lines, in quotes", () => {
    expect(pairs(parseEnv('PEM="-----BEGIN-----\nMIIabc=\n-----END-----"\nNEXT=1'))).toEqual([
      ["PEM", "-----BEGIN-----\nMIIabc=\n-----END-----"],
      ["NEXT", "1"],
    ]);
    expect(pairs(parseEnv("RAW='a\\n\nB=\"2\"'\nNEXT=1"))).toEqual([
      ["RAW", 'a\\n\nB="2"'],
      ["NEXT", "1"],
    ]);
  });

  test("has escapes in double quotes", () => {
    expect(pairs(parseEnv(String.raw`A="one\ntwo \"three\" C:\\dir \d"`))).toEqual([
      ["A", 'one\ntwo "three" C:\\dir \\d'],
    ]);
  });

  test.each([
    ["a name alone", "NAME"],
    ["a value over lines without quotes", "PEM=-----BEGIN-----\nMIIabc=\n-----END-----"],
    ["a quote that does not end", 'A="1\nB=2'],
    ["something behind a quote", 'A="1"2'],
    ["a line that is nothing of the kind", "A=1\nnonsense"],
    ["a name that begins with a digit", "1D=no"],
  ])("is left to the field where it is %s", (_, text) => {
    expect(parseEnv(text)).toEqual([]);
  });

  test("comes behind its row, and replaces the value of a name that is there", () => {
    const rows = [envRow("A", "1"), envRow("B", "2"), envRow()];
    const pasted = [envRow("A", "9"), envRow("C", "3"), envRow("C", "4")];
    expect(pairs(pasteInto(rows, 2, pasted))).toEqual([
      ["A", "9"],
      ["B", "2"],
      ["C", "4"],
    ]);
    expect(pairs(pasteInto(rows, 1, pasted))).toEqual([
      ["A", "9"],
      ["B", "2"],
      ["C", "4"],
      ["", ""],
    ]);
    expect(pasteInto(rows, 2, pasted)[0]?.key).toBe(rows[0]?.key);
  });
});

test("Of two variables of one name the second is refused", () => {
  const result = serviceSchema.safeParse({
    ...newService,
    name: "Shop",
    gitUrl: "https://git.example/shop",
    env: [envRow("A", "1"), envRow("2B", "2"), envRow("A", "3")],
  });
  expect(result.error?.issues.map(({ path }) => path.join("."))).toEqual(["env.1.name", "env.2.name"]);
});
