import { expect, test, vi } from "vitest";
import { ApiError } from "../api/problem";
import { afterRecentSignIn } from "./sign-in-again";

const tooOld = new ApiError({ type: "/problems/sign-in-again", title: "Sign in again first", status: 403 });
const forbidden = new ApiError({ type: "/problems/forbidden", title: "Not allowed", status: 403 });

test("What is taken at once asks nobody", async () => {
  const ask = vi.fn();
  expect(await afterRecentSignIn(async () => "done", ask)).toBe("done");
  expect(ask).not.toHaveBeenCalled();
});

test("Whoever signs in again has it sent once more, and only once", async () => {
  const request = vi.fn().mockRejectedValueOnce(tooOld).mockResolvedValueOnce("done");
  expect(await afterRecentSignIn(request, async () => true)).toBe("done");
  const refusedTwice = vi.fn().mockRejectedValue(tooOld);
  await expect(afterRecentSignIn(refusedTwice, async () => true)).rejects.toBe(tooOld);
  expect(refusedTwice).toHaveBeenCalledTimes(2);
});

test("Whoever leaves the dialog has nothing sent", async () => {
  const request = vi.fn().mockRejectedValue(tooOld);
  await expect(afterRecentSignIn(request, async () => false)).rejects.toBe(tooOld);
  expect(request).toHaveBeenCalledTimes(1);
});

test("Any other refusal asks for no sign-in", async () => {
  const ask = vi.fn();
  await expect(afterRecentSignIn(() => Promise.reject(forbidden), ask)).rejects.toBe(forbidden);
  expect(ask).not.toHaveBeenCalled();
});
