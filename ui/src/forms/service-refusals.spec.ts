import { describe, expect, test } from "vitest";
import { ApiError, type FieldError } from "../api/problem";
import { envRow } from "./env-values";
import { refusalsOf } from "./service-refusals";
import { newService, type ServiceValues } from "./service-values";

const filled = { ...newService, name: " Shop ", gitUrl: "https://git.example/shop" };

const refusal = (errors: { pointer: string; detail: string }[]) =>
  new ApiError({ type: "/problems/validation", title: "Refused", status: 400, errors });

const fieldErrors = (error: unknown, values: ServiceValues) =>
  Object.fromEntries(refusalsOf(error, values).map(({ path, detail }) => [path, detail]));

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

  test("lands on the environment where it is about all of it, or about a variable that is none of the rows", () => {
    const errors = [{ pointer: "#/env", detail: "must have at most 200 variables" }];
    expect(fieldErrors(refusal(errors), filled)).toEqual({ env: "Must have at most 200 variables" });
    expect(refusalsOf(refusal([{ pointer: "#/env/A", detail: "is too long" }]), filled)).toEqual([
      { path: "env", detail: "Is too long", sentence: "A is too long." },
    ]);
  });

  test("is a whole sentence where the form has no place for it", () => {
    const header = { parameter: "If-Match", detail: "must be an ETag" } as unknown as FieldError;
    const errors = [{ pointer: "#/templateId", detail: "names no template" }, header];
    expect(refusalsOf(refusal(errors), filled)).toMatchObject([
      { path: undefined, sentence: "templateId names no template." },
      { path: undefined, sentence: "The request must be an ETag." },
    ]);
    expect(refusalsOf(new TypeError("offline"), filled)).toEqual([]);
  });
});
