import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";
import { config } from "zod";

configure({
  asyncUtilTimeout: 20_000,
  // The whole page in each message hides the sentence that matters.
  getElementError: (message) => new Error(message ?? "The element is not there"),
});
config({ jitless: true });

// What jsdom lacks and a browser has.
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
window.matchMedia = (query) =>
  ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
  }) as unknown as MediaQueryList;
window.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};
Element.prototype.scrollTo = () => {};
Object.defineProperty(document, "fonts", { value: { addEventListener() {}, removeEventListener() {} } });

afterEach(() => {
  cleanup();
  localStorage.clear();
});
