import { describe, expect, test } from "vitest";
import { ApiError } from "../api/problem";
import { envRow } from "./env-values";
import { fieldErrors } from "./service-refusals";
import { newService } from "./service-values";

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
