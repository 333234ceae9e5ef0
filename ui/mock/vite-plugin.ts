import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { getResponse } from "msw";
import type { Connect, Plugin } from "vite";
import { Database } from "./db";
import { handlers } from "./handlers";
import { seeded } from "./seed";

/** Lets the dev server and `vite preview` answer as Berth and as the apps that it runs. */
export function mockBackend(): Plugin {
  return {
    name: "berth-mock-backend",
    apply: (_, { command, isPreview }) => command === "serve" && (isPreview === true || !process.env.VITEST),
    configureServer: (server) => {
      server.middlewares.use(answer(server.config.server.port ?? 5173));
    },
    configurePreviewServer: (server) => {
      server.middlewares.use(answer(server.config.preview.port ?? 5174));
    },
  };
}

function answer(port: number): Connect.NextHandleFunction {
  const options = {
    speed: Number(process.env.BERTH_MOCK_SPEED ?? 1),
    appUrl: (slug: string) => `http://${slug}.localhost:${port}`,
  };
  const start = (seed: string | undefined) =>
    handlers(seed === "empty" ? new Database(options) : seeded(options));
  let answers = start(process.env.BERTH_MOCK_SEED);
  return async (incoming, outgoing, next) => {
    const host = incoming.headers.host ?? "localhost";
    if (host.includes(".localhost")) {
      outgoing.setHeader("Content-Type", "text/plain");
      outgoing.end(`Hello from ${host}\n`);
      return;
    }
    // Not a part of Berth: whoever takes pictures starts each with the same data.
    if (incoming.method === "POST" && incoming.url?.startsWith("/mock/")) {
      answers = start(incoming.url.slice("/mock/".length));
      outgoing.end();
      return;
    }
    if (!incoming.url?.startsWith("/api/")) {
      next();
      return;
    }
    const response = await getResponse(answers, toRequest(incoming, host));
    if (response) {
      send(response, outgoing);
    } else {
      next();
    }
  };
}

function toRequest(incoming: IncomingMessage, host: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, Array.isArray(value) ? value.join(", ") : (value ?? ""));
  }
  const method = incoming.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(`http://${host}${incoming.url}`, {
    method,
    headers,
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" } : {}),
  } as RequestInit);
}

function send(response: Response, outgoing: ServerResponse) {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) {
    outgoing.end();
    return;
  }
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  body.pipe(outgoing);
  outgoing.on("close", () => body.destroy());
}
