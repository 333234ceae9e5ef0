import { afterEach, expect, test, vi } from "vitest";
import { keepNext, keptNext, ownAddress } from "./next-address";

afterEach(() => {
  vi.useRealTimers();
  keepNext(undefined);
});

test.each([undefined, "", "services", "//evil.example", "https://evil.example", "/\\evil.example", 3])(
  "%s is no address of the console",
  (value) => {
    expect(ownAddress(value)).toBeUndefined();
  },
);

test("What is kept counts until it is forgotten", () => {
  keepNext("/invitation?link=abc");
  expect(keptNext()).toBe("/invitation?link=abc");
  keepNext(undefined);
  expect(keptNext()).toBeUndefined();
});

test("What is kept counts for ten minutes, and only where it is an address of the console", () => {
  keepNext("//evil.example");
  expect(keptNext()).toBeUndefined();
  keepNext("/account");
  vi.useFakeTimers({ now: Date.now() + 11 * 60_000 });
  expect(keptNext()).toBeUndefined();
});

test.each(["/", "/?x=1", "/#main"])("The first page, as %s, leads nowhere on", (address) => {
  keepNext(address);
  expect(keptNext()).toBeUndefined();
});

test("Whatever else stands in the storage is no address", () => {
  window.sessionStorage.setItem("berth-next", "{");
  expect(keptNext()).toBeUndefined();
  window.sessionStorage.setItem("berth-next", "null");
  expect(keptNext()).toBeUndefined();
});
