import { ApiError, fieldOf } from "../api/problem";
import { windowField } from "./gate-values";
import { isField, titles } from "./service-titles";
import type { ServiceValues } from "./service-values";

/** One thing of the form that the API refused. */
export interface FieldRefusal {
  /** Where the form has it; undefined where it has nothing of the kind. */
  path: string | undefined;
  /** As it stands under the field. */
  detail: string;
  /** As it stands anywhere else. */
  sentence: string;
}

/**
 * What the API refused of a form, one by one; empty where it names nothing. The API ends a sentence that begins with the field
 * (“must name a host”); under the field it stands alone.
 */
export function refusalsOf(error: unknown, values: ServiceValues): FieldRefusal[] {
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  return errors.map(({ pointer, detail }) => {
    // What a header or the address is to blame for has no pointer.
    const [field = "", part] = fieldOf(pointer ?? "").split(/\.(.*)/s);
    const subject = isField(field) ? titles[field] : field;
    return {
      path: isField(field) ? pathOf(field, part, values) : undefined,
      detail: detail.charAt(0).toUpperCase() + detail.slice(1),
      sentence: `${part && field === "env" ? part : subject || "The request"} ${detail.replace(/\.?$/, ".")}`,
    };
  });
}

function pathOf(field: string, part: string | undefined, { env }: ServiceValues): string {
  if (field === "env") {
    const row = env.findIndex(({ name }) => name === part);
    return row >= 0 ? `env.${row}.name` : "env";
  }
  return field === "deployWindows" ? windowField(part) : field;
}
