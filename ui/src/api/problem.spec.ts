import { expect, test } from "vitest";
import { refusedFields } from "../forms/use-request";
import { ApiError, isSecondFactorRequired, isSignInAgain, needsCode, sentenceOf } from "./problem";

const problemOf = (slug: string, status = 403) =>
  new ApiError({ type: `/problems/${slug}`, title: "Refused", status, detail: "Send it to POST /api/x." });

test("The refusals that lead somewhere are told apart by their type", () => {
  const asked = [needsCode, isSignInAgain, isSecondFactorRequired];
  const answers = ["code-required", "sign-in-again", "second-factor-required"].map((slug) =>
    asked.map((is) => is(problemOf(slug))),
  );
  expect(answers).toEqual([
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ]);
  expect(asked.some((is) => is(problemOf("forbidden")))).toBe(false);
  expect(asked.some((is) => is(new TypeError("not reached")))).toBe(false);
});

test("Who lacks a second factor is sent to a page, not to an address of the API", () => {
  expect(sentenceOf(problemOf("second-factor-required"))).toMatch(/two-step sign-in/);
  expect(sentenceOf(problemOf("forbidden"))).toBe("Send it to POST /api/x.");
});

test("A refused password is said at its field", () => {
  const error = new ApiError({
    type: "/problems/invalid-input",
    title: "Refused",
    status: 400,
    errors: [
      { pointer: "#/newPassword", detail: "is one of the passwords that are tried first" },
      { pointer: "#/elsewhere", detail: "is odd" },
    ],
  });
  expect(refusedFields(error, ["currentPassword", "newPassword"])).toEqual({
    newPassword: "Is one of the passwords that are tried first",
  });
});
