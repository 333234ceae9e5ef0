import { createMemoryHistory } from "@tanstack/react-router";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { setupServer } from "msw/node";
import { VirtuosoMockContext } from "react-virtuoso";
import { afterAll, afterEach, beforeAll } from "vitest";
import { Database } from "../mock/db";
import { handlers } from "../mock/handlers";
import { App } from "../src/app";

/** A minute of the mock's life in a second. */
const speed = 60;

/** The mock backend behind fetch, for every test of a file. */
export function startBackend() {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return server;
}

interface Start {
  server: ReturnType<typeof startBackend>;
  at?: string;
  db?: Database;
  signedIn?: boolean;
  /** Who is signed in, as the mock's session says it. */
  as?: string;
}

/** Opens the console at an address, as a person would. */
export function openConsole({ server, at = "/", db = new Database({ speed }), signedIn = true, as }: Start) {
  const session = { open: signedIn, ...(as ? { who: as } : {}) };
  server.use(...handlers(db, { session, logInterval: 10 }));
  const history = createMemoryHistory({ initialEntries: [at] });
  render(
    <VirtuosoMockContext.Provider value={{ viewportHeight: 2_000, itemHeight: 19 }}>
      <App history={history} />
    </VirtuosoMockContext.Provider>,
  );
  return { db, history, user: userEvent.setup({ delay: null }) };
}

export const fastDatabase = () => new Database({ speed });

/** A service of a database, with what most tests do not care about. */
export const addService = (db: Database, changes: Partial<Parameters<Database["create"]>[0]> = {}) =>
  db.create({ name: "Shop", gitUrl: "https://git.example/shop", ...changes });

/** Puts a text into a field at once: key by key takes seconds on a busy machine and says no more. */
export async function fill(user: ReturnType<typeof userEvent.setup>, field: HTMLElement, text: string) {
  await user.click(field);
  await user.clear(field);
  await user.paste(text);
}

/** Answers the open dialog's question with yes. */
export async function confirm(user: ReturnType<typeof userEvent.setup>, action: string) {
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: action }));
}
