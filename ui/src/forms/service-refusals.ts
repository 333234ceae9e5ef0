import { ApiError, fieldOf } from "../api/problem";
import { windowField } from "./gate-values";
import { newService, type ServiceValues } from "./service-values";

/**
 * The API's refusal as the form's errors by field; empty where it names no field of the form. The API ends a sentence that
 * begins with the field (“must name a host”); under the field it stands alone.
 */
export function fieldErrors(error: unknown, values: ServiceValues): Record<string, string> {
  if (!(error instanceof ApiError)) {
    return {};
  }
  const found: Record<string, string> = {};
  for (const { pointer, detail } of error.problem.errors ?? []) {
    const [field = "", part] = fieldOf(pointer).split(/\.(.*)/s);
    const row = values.env.findIndex((each) => each.name === part);
    const sentence = detail.charAt(0).toUpperCase() + detail.slice(1);
    if (field === "env" && row >= 0) {
      found[`env.${row}.name`] = sentence;
    } else if (field === "deployWindows") {
      found[windowField(part)] = sentence;
    } else if (field in newService) {
      found[field] = sentence;
    }
  }
  return found;
}
