import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(root, folder, file));

test("The committed types are those of the API's document; npm run generate renews them", () => {
  const folder = mkdtempSync(join(tmpdir(), "berth-schema-"));
  try {
    const script: string = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts.generate;
    const fresh = join(folder, "schema.d.ts");
    const [, ...args] = script.replace("src/api/schema.d.ts", fresh).split(" ");
    execFileSync(join(root, "node_modules/.bin/openapi-typescript"), args, { cwd: root, stdio: "pipe" });
    expect(readFileSync(join(root, "src/api/schema.d.ts"), "utf8")).toBe(readFileSync(fresh, "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("The console never imports the mock backend or a test", () => {
  const guilty = sources("src").filter((file) => !file.includes(".spec."));
  expect(guilty.filter((file) => /from "[./]*\/(mock|test)\//.test(readFileSync(file, "utf8")))).toEqual([]);
});

test("The page has no inline script, which the content security policy would refuse", () => {
  const page = readFileSync(join(root, "index.html"), "utf8");
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(page).not.toMatch(/\son\w+=/);
});

test("The lock file names no registry host", () => {
  expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toContain('"resolved"');
});
