import createFetchClient, { type Middleware } from "openapi-fetch";
import createClient from "openapi-react-query";
import { organizationHeaders } from "../access/chosen-organization";
import { ApiError, readProblem } from "./problem";
import type { paths } from "./schema";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

const middleware: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(organizationHeaders())) {
      // Whoever is about to go over to another organisation names that one.
      if (!request.headers.has(name)) {
        request.headers.set(name, value);
      }
    }
    if (!safeMethods.has(request.method)) {
      // A form on a foreign page cannot send this header: the API takes the cookie for unsafe methods only with it.
      request.headers.set("X-Berth-Request", "console");
    }
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) {
      throw new ApiError(await readProblem(response));
    }
  },
};

export const client = createFetchClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  // Looked up at each call, so that tests may stand in for it.
  fetch: (request) => globalThis.fetch(request),
});
client.use(middleware);

export const api = createClient(client);
