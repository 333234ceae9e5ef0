import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { mockBackend } from "./mock/vite-plugin";

/**
 * What the API sends with the console in production; `vite preview` sends the same, so that a breach shows early. Mantine
 * puts its variables into style elements, hence the one `unsafe-inline`.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Address of a real API for `npm run dev`; without it the mock backend answers. */
const api = process.env.BERTH_API;

export default defineConfig({
  plugins: [react(), ...(api ? [] : [mockBackend()])],
  server: {
    port: 5173,
    strictPort: true,
    ...(api ? { proxy: { "/api": { target: api, changeOrigin: true } } } : {}),
  },
  preview: { port: 5174, strictPort: true, headers: { "Content-Security-Policy": contentSecurityPolicy } },
  build: {
    // A font as a data: address would break the policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://console.test" } },
    setupFiles: ["test/setup.ts"],
    include: ["src/**/*.spec.{ts,tsx}", "test/**/*.spec.{ts,tsx}"],
    reporters: ["default", "json"],
    outputFile: { json: "test-results/vitest.json" },
    css: { modules: { classNameStrategy: "non-scoped" } },
    testTimeout: 180_000,
    pool: "threads",
    maxWorkers: 2,
  },
});
