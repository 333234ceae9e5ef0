import { expect, test } from "vitest";
import { Intents } from "./intent";

test("An intent stays the same while somebody tries to do the same thing", () => {
  const intents = new Intents();
  expect(intents.of({ name: "a" })).toBe(intents.of({ name: "a" }));
  expect(intents.of({ name: "a" })["Idempotency-Key"]).toMatch(/^[0-9a-f]{32}$/);
});

test("Another thing, and the same thing after it was done, is another intent", () => {
  const intents = new Intents();
  const first = intents.of({ name: "a" });
  expect(intents.of({ name: "b" })).not.toEqual(first);
  const second = intents.of({ name: "a" });
  intents.end();
  expect(intents.of({ name: "a" })).not.toEqual(second);
});
