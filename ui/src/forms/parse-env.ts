import { type EnvRow, envRow } from "./env-values";

const assignment = /[^\S\n]*(?:export[^\S\n]+)?([A-Za-z_][A-Za-z0-9_]*)[^\S\n]*=[^\S\n]*/y;
/** Of a single-quoted value everything is meant as it stands; both kinds may go over lines. */
const quoted = /"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'/y;
/** To the end of the line, without a comment, which begins behind a blank. */
const bare = /(?!["'])(?:(?![^\S\n]+#|(?<=[^\S\n])#)[^\n])*/y;
/** Nothing more in the line. */
const rest = /[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y;

const escapes: Record<string, string> = { n: "\n", r: "\r", '"': '"', "\\": "\\" };

/** What a backslash stands before and nothing is known of stays as it is. */
const unescaped = (text: string) =>
  text.replace(/\\([\s\S])/g, (whole, character: string) => escapes[character] ?? whole);

/**
 * Reads a text as a `.env` file; nothing of it where a single line is none of such a file. A part of a value would else become a
 * variable of its own.
 */
export function parseEnv(pasted: string): EnvRow[] {
  const text = pasted.replace(/\r\n?/g, "\n");
  const rows: EnvRow[] = [];
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    at = match ? pattern.lastIndex : at;
    return match;
  };
  while (at < text.length) {
    const name = take(assignment)?.[1];
    if (name !== undefined) {
      const [, double, single] = take(quoted) ?? [];
      rows.push(
        envRow(name, double === undefined ? (single ?? take(bare)?.[0].trimEnd() ?? "") : unescaped(double)),
      );
    }
    if (!take(rest)) {
      return [];
    }
  }
  return rows;
}

/**
 * `rows` with what was pasted into the one at `index`: a name that is there gets the pasted value, the other names come behind
 * that row, or in its place where it held nothing yet.
 */
export function pasteInto(rows: EnvRow[], index: number, pasted: EnvRow[]): EnvRow[] {
  const values = new Map(pasted.map(({ name, value }) => [name, value]));
  const names = new Set(rows.map(({ name }) => name));
  const added = [...values].filter(([name]) => !names.has(name)).map(([name, value]) => envRow(name, value));
  return rows.flatMap((row, at) => {
    const kept = { ...row, value: values.get(row.name) ?? row.value };
    if (at !== index) {
      return [kept];
    }
    return row.name === "" && kept.value === "" ? added : [kept, ...added];
  });
}
