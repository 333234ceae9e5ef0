import type { EnvRow } from "./env-values";
import { titles } from "./service-titles";
import { changedFields, type ServiceValues } from "./service-values";

/** What somebody changed of a service, over a newer version of it. */
export interface LaidOver {
  values: ServiceValues;
  /** What both changed, and not to the same, as the form calls it. */
  clashes: string[];
}

/** `values` with what they changed since `before`, and everything else as in `newest`. Variables are taken one by one. */
export function layOver(values: ServiceValues, before: ServiceValues, newest: ServiceValues): LaidOver {
  const own = changedFields(values, before).filter((field) => field !== "env");
  const others = changedFields(newest, before);
  const apart = changedFields(values, newest);
  const env = layOverEnv(values.env, before.env, newest.env);
  const kept = Object.fromEntries(own.map((field) => [field, values[field]])) as Partial<ServiceValues>;
  return {
    values: { ...newest, ...kept, env: env.rows },
    clashes: [
      ...own.filter((field) => others.includes(field) && apart.includes(field)).map((field) => titles[field]),
      ...env.clashes,
    ],
  };
}

const valuesByName = (rows: EnvRow[]) => new Map(rows.map(({ name, value }) => [name, value]));

function layOverEnv(rows: EnvRow[], before: EnvRow[], newest: EnvRow[]) {
  const [own, stood, there] = [valuesByName(rows), valuesByName(before), valuesByName(newest)];
  const isOwn = (name: string) => own.get(name) !== stood.get(name);
  const isOthers = (name: string) => there.get(name) !== stood.get(name);
  const names = [...new Set([...stood.keys(), ...own.keys(), ...there.keys()])];
  return {
    rows: [
      ...newest.flatMap((row) => {
        const value = isOwn(row.name) ? own.get(row.name) : row.value;
        return value === undefined ? [] : [{ ...row, value }];
      }),
      // Also what is not complete yet, such as a row without a name.
      ...rows.filter(({ name }) => !there.has(name) && (isOwn(name) || !stood.has(name))),
    ],
    clashes: names.filter((name) => isOwn(name) && isOthers(name) && own.get(name) !== there.get(name)),
  };
}
