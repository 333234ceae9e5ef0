import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useTextInUrl } from "./use-text-in-url";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function type(text: string, inUrl = "") {
  const put = vi.fn();
  const hook = renderHook(({ url }) => useTextInUrl(url, put, 300), { initialProps: { url: inUrl } });
  act(() => hook.result.current.change(text));
  return { put, ...hook };
}

const wait = () => act(() => vi.advanceTimersByTime(1_000));

test("Text goes into the URL after a pause, without blanks round it", () => {
  const { put, result, rerender } = type("shop ");
  expect(put).not.toHaveBeenCalled();
  wait();
  expect(put).toHaveBeenCalledExactlyOnceWith("shop");
  rerender({ url: "shop" });
  expect(result.current.text).toBe("shop ");
});

test("What is cleared within the pause stays cleared", () => {
  const { put, result } = type("service.deploy");
  act(() => result.current.clear());
  wait();
  expect(put).not.toHaveBeenCalled();
  expect(result.current.text).toBe("");
});

test("What changes the URL elsewhere shows in the field, and ends the pause", () => {
  const { put, result, rerender } = type("shopping", "shop");
  rerender({ url: "" });
  wait();
  expect(put).not.toHaveBeenCalled();
  expect(result.current.text).toBe("");
});

test("What is typed while the URL is on its way stays, and goes there too", () => {
  const { put, result, rerender } = type("s");
  wait();
  act(() => result.current.change("sh"));
  expect(result.current.text).toBe("sh");
  wait();
  expect(put.mock.calls).toEqual([["s"], ["sh"]]);
  rerender({ url: "s" });
  expect(result.current.text).toBe("sh");
  rerender({ url: "sh" });
  expect(result.current.text).toBe("sh");
  rerender({ url: "" });
  expect(result.current.text).toBe("");
});
