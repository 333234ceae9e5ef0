import type { Reason } from "../src/api/types";

/** One step as it will go. `seconds` of the real thing; the database's speed shortens them. */
export interface ScriptedStep {
  name: string;
  seconds: number;
  fails?: boolean;
  attempt?: number;
  detail?: string;
}

/** How one deployment goes, from start to end. */
export interface Script {
  build: ScriptedStep[];
  rollout: ScriptedStep[];
  end: "running" | "failed" | "rolled_back" | "superseded";
  reason?: Reason;
  log: string[];
}

const source: ScriptedStep[] = [
  { name: "resolve commit", seconds: 0.6 },
  { name: "fetch source", seconds: 1.1 },
  { name: "plan build", seconds: 0.1 },
];

const make: ScriptedStep[] = [
  { name: "prefetch dependencies", seconds: 3.4 },
  { name: "evaluate expression", seconds: 0.9 },
  { name: "realise derivation", seconds: 7.8 },
  { name: "push image", seconds: 1.2 },
  { name: "finish build", seconds: 0.1 },
];

const place: ScriptedStep[] = [
  { name: "adopt image", seconds: 0.1 },
  { name: "admit", seconds: 0.2 },
  { name: "create revision", seconds: 0.4 },
];

const serve: ScriptedStep[] = [
  ...place,
  { name: "await healthy", seconds: 2.3 },
  { name: "route traffic", seconds: 0.4 },
];

/** What goes on while it serves already. */
export const soak: ScriptedStep[] = [
  { name: "watch soak", seconds: 30 },
  { name: "prove", seconds: 0.1 },
  { name: "retire predecessors", seconds: 5.3 },
];

const esc = String.fromCharCode(27);
const dim = (text: string) => `${esc}[2m${text}${esc}[0m`;
const green = (text: string) => `${esc}[32m${text}${esc}[0m`;
const red = (text: string) => `${esc}[31m${text}${esc}[0m`;
const yellow = (text: string) => `${esc}[33m${text}${esc}[0m`;
const bold = (text: string) => `${esc}[1m${text}${esc}[0m`;

const preamble = [
  "Commit is on branch main",
  "Fetched 14 files, 38 kB",
  "package.json and package-lock.json say Node.js",
  "68 files are named by the lock file, 2 of them are new",
  `fetching express-5.1.0.tgz ${dim("sha512-DT9ck5YIRU…")}`,
  `fetching router-2.2.0.tgz ${dim("sha512-nLTrUKm2UyG…")}`,
  "this derivation will be built:",
  "  /nix/store/9c1xqnm0ykpm5sv0i6bgx8cdkh7vfq2r-app.drv",
  "building '/nix/store/9c1xqnm0ykpm5sv0i6bgx8cdkh7vfq2r-app.drv'...",
  bold("> npm ci --offline"),
  "added 67 packages in 2s",
  `${yellow("npm warn")} deprecated inflight@1.0.6: This module is not supported`,
  bold("> npm run build"),
  dim("> shop-frontend@1.4.0 build"),
  dim("> vite build"),
];

const modules = Array.from(
  { length: 64 },
  (_, index) => `  ${dim("transformed")} src/pages/page-${index + 1}.tsx`,
);

const goodLog = [
  ...preamble,
  ...modules,
  `${green("✓")} 64 modules transformed.`,
  `dist/index.html                 ${dim("0.46 kB")}`,
  `dist/assets/index-DiwrgTda.css  ${dim("13.91 kB")}`,
  `dist/assets/index-BN8pYoqL.js   ${dim("143.88 kB")}`,
  `${green("✓ built in 1.21s")}`,
  "/nix/store/4l1xr0p1r6d5lz3h7gq2k0f8wq6n1c9b-app",
  "9 layers, 8 are in the registry",
  green("pushed 1 layer, 41 kB"),
];

const badLog = [
  ...preamble,
  ...modules.slice(0, 11),
  `${red("error")} during build:`,
  red('Could not resolve "./theme/tokens" from "src/main.tsx"'),
  "    at getRollupError (node_modules/rollup/dist/es/shared/parseAst.js:397:41)",
  "    at ModuleLoader.handleInvalidResolvedId (node_modules/rollup/dist/es/shared/node-entry.js:20410:24)",
  red("builder failed with exit code 1"),
];

const failure = (code: string, sentence: string, suggestion: string, evidence = "") =>
  ({ code, sentence, suggestion, evidence }) as Reason;

export const scripts = {
  good: { build: [...source, ...make], rollout: serve, end: "running", log: goodLog },
  /** The image is there already: a roll-back or a deploy of an unchanged source. */
  reuse: {
    build: [...source.slice(0, 1), { name: "finish build", seconds: 0.1 }],
    rollout: serve,
    end: "running",
    log: ["An earlier build of the same inputs is in the registry"],
  },
  retried: {
    build: [
      ...source.slice(0, 1),
      { name: "fetch source", seconds: 30, fails: true, detail: "The Git host did not answer within 30 s" },
      { name: "fetch source", seconds: 1.2, attempt: 2 },
      ...source.slice(2),
      ...make,
    ],
    rollout: serve,
    end: "running",
    log: goodLog,
  },
  "unknown-repository": {
    build: [{ name: "resolve commit", seconds: 0.7, fails: true, detail: "repository not found" }],
    rollout: [],
    end: "failed",
    reason: failure(
      "REPOSITORY_NOT_FOUND",
      "There is no repository at this address, or it is private.",
      "Check the address. Private repositories need credentials.",
      "remote: Repository not found.",
    ),
    log: [red("remote: Repository not found.")],
  },
  "unknown-branch": {
    build: [{ name: "resolve commit", seconds: 0.7, fails: true, detail: "no such branch" }],
    rollout: [],
    end: "failed",
    reason: failure(
      "BRANCH_NOT_FOUND",
      "The repository has no such branch.",
      "Check the branch in the service's settings. The repository has: main, develop.",
    ),
    log: [red("No such branch; the repository has main and develop")],
  },
  "build-fails": {
    build: [
      ...source,
      ...make.slice(0, 2),
      {
        name: "realise derivation",
        seconds: 4.6,
        fails: true,
        detail: "npm run build ended with exit code 1",
      },
    ],
    rollout: [],
    end: "failed",
    reason: failure(
      "BUILD_SCRIPT_FAILED",
      "The command “npm run build” ended with exit code 1.",
      "Run it on your machine from a fresh clone. Files that are ignored by Git are not in the build.",
      [
        "error during build:",
        'Could not resolve "./theme/tokens" from "src/main.tsx"',
        "    at getRollupError (node_modules/rollup/dist/es/shared/parseAst.js:397:41)",
        "    at ModuleLoader.handleInvalidResolvedId (node_modules/rollup/dist/es/shared/node-entry.js:20410:24)",
        "builder failed with exit code 1",
      ].join("\n"),
    ),
    log: badLog,
  },
  "never-healthy": {
    build: [...source, ...make],
    rollout: [
      ...place,
      {
        name: "await healthy",
        seconds: 120,
        fails: true,
        detail: "0 of 2 replicas were healthy after 120 s",
      },
      { name: "withdraw", seconds: 0.6 },
    ],
    end: "failed",
    reason: failure(
      "NEVER_HEALTHY",
      "The app started, but /healthz answered 500 until the deadline of 120 s.",
      "Open the app's log for the cause, or change the health path in the settings.",
      "GET http://127.0.0.1:8080/healthz → 500 Internal Server Error\nError: connect ECONNREFUSED 127.0.0.1:6379",
    ),
    log: goodLog,
  },
  "crashes-in-soak": {
    build: [...source, ...make],
    rollout: [
      ...serve,
      { name: "watch soak", seconds: 9.4, fails: true, detail: "2 of 2 replicas crashed" },
      { name: "route back", seconds: 0.3 },
      { name: "withdraw", seconds: 0.5 },
    ],
    end: "rolled_back",
    reason: failure(
      "CRASHED_IN_SOAK",
      "The app crashed 9 s after it got the traffic, with exit code 1. What served before serves again.",
      "The last lines of its output say why.",
      "TypeError: Cannot read properties of undefined (reading 'cart')\n    at checkout (/app/server.js:88:31)\nNode.js v22.21.0",
    ),
    log: goodLog,
  },
  superseded: { build: [], rollout: [], end: "superseded", log: [] },
} satisfies Record<string, Script>;

export type ScriptName = keyof typeof scripts;

const sentinels: ScriptName[] = [
  "unknown-repository",
  "unknown-branch",
  "build-fails",
  "never-healthy",
  "crashes-in-soak",
];

/** The script that an input asks for by carrying its name. */
export function scriptFor(gitUrl: string, gitBranch: string): ScriptName {
  return sentinels.find((name) => `${gitUrl} ${gitBranch}`.includes(name)) ?? "good";
}
