import { z } from "zod";

/** One line of the environment as the form shows it; `key` is React's and never sent. */
export interface EnvRow {
  key: string;
  name: string;
  value: string;
}

let nextKey = 0;

export const envRow = (name = "", value = ""): EnvRow => {
  nextKey += 1;
  return { key: `env-${nextKey}`, name, value };
};

/** As the API gets it. */
export const envOf = (rows: EnvRow[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ name, value }) => [name, value]));

/** To compare by: the API keeps no order. */
export const linesOf = (rows: EnvRow[]): string[] =>
  rows.map(({ name, value }) => JSON.stringify([name, value])).sort();

/** What can be said of it before the API is asked. */
export const envShape = {
  env: z
    .array(
      z.object({
        name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "Letters, digits and _, no digit first"),
      }),
    )
    .superRefine((rows, context) => {
      const names = rows.map(({ name }) => name);
      names.forEach((name, index) => {
        if (name !== "" && names.indexOf(name) < index) {
          context.addIssue({
            code: "custom",
            path: [index, "name"],
            message: "There is a variable of this name already",
          });
        }
      });
    }),
};
