import { randomUUID } from "node:crypto";
import { type Browser, type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { Issuer } from "../outside/issuer";
import { Mailbox } from "../outside/mailbox";
import { skipWhenTimeIsUp } from "../time";

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run these tests beside an API (ui/README.md)`);
  }
  return value;
}

export const consoleUrl = () => required("BERTH_TEST_CONSOLE");

/** The link that the terminal shows on the first start. */
export const welcomeLink = () => required("BERTH_TEST_WELCOME");

export const password = "correct horse battery";

export interface Person {
  email: string;
  name: string;
}

interface World {
  /** What the API sends its mail to. */
  mailbox: Mailbox;
  /** Whom the API trusts to know people. */
  issuer: Issuer;
}

/** The test plays what is outside of Berth, by the settings that the API was given. */
export const test = base.extend<{ desk: Desk; inTime: undefined }, World>({
  mailbox: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
    async ({}, use) => {
      const mailbox = await Mailbox.at(required("SMTP_URL"));
      await use(mailbox);
      await mailbox.close();
    },
    { scope: "worker" },
  ],
  issuer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
    async ({}, use) => {
      const issuer = await Issuer.with({
        issuer: required("OIDC_ISSUER"),
        clientId: required("OIDC_CLIENT_ID"),
        clientSecret: required("OIDC_CLIENT_SECRET"),
        callback: `${consoleUrl()}/api/sign-in/oidc/callback`,
      });
      await use(issuer);
      await issuer.close();
    },
    { scope: "worker" },
  ],
  inTime: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
    async ({}, use, testInfo) => {
      skipWhenTimeIsUp(testInfo);
      await use(undefined);
    },
    { auto: true },
  ],
  // Each test calls from an address of its own, as behind a reverse proxy: attempts are counted by address.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  extraHTTPHeaders: async ({}, use) => {
    const random = randomUUID();
    await use({ "X-Forwarded-For": `2001:db8:${random.slice(0, 4)}:${random.slice(4, 8)}::1` });
  },
  desk: async ({ browser, contextOptions, extraHTTPHeaders, mailbox }, use) => {
    const desk = new Desk(browser, { ...contextOptions, extraHTTPHeaders: extraHTTPHeaders ?? {} }, mailbox);
    await use(desk);
    await desk.close();
  },
});

/** Brings people and their browsers, by the same requests that the console makes. */
export class Desk {
  readonly #browser: Browser;
  readonly #options: Parameters<Browser["newContext"]>[0];
  readonly #mailbox: Mailbox;
  readonly #contexts: BrowserContext[] = [];

  constructor(browser: Browser, options: Parameters<Browser["newContext"]>[0], mailbox: Mailbox) {
    this.#browser = browser;
    this.#options = options;
    this.#mailbox = mailbox;
  }

  /** A page of a browser that nobody used before. */
  async browser(): Promise<Page> {
    const context = await this.#browser.newContext({ ...this.#options, baseURL: consoleUrl() });
    this.#contexts.push(context);
    return context.newPage();
  }

  /** Somebody who signed up with an organisation of their own and is signed in on `page`. */
  async signUp(page: Page, name: string, organizationName: string): Promise<Person> {
    const email = address(name);
    await post(page, "/api/sign-up", { email });
    const link = secretOf(await this.#mailbox.link(email));
    await post(page, "/api/sign-up/complete", { link, displayName: name, password, organizationName });
    return { email, name };
  }

  /** Somebody new who comes into the organisation of whoever is signed in on `host`, and is signed in on a page of theirs. */
  async member(host: Page, name: string, role: string): Promise<Person & { page: Page }> {
    const email = address(name);
    await post(host, `/api/orgs/${await organizationOf(host)}/invitations`, { email, role });
    const link = secretOf(await this.#mailbox.link(email));
    const page = await this.browser();
    await post(page, "/api/invitations/accept", { link, displayName: name, password });
    return { email, name, page };
  }

  async close() {
    await Promise.all(this.#contexts.map((context) => context.close()));
  }
}

/** An address that nobody has yet. */
export const address = (name: string) =>
  `${name.toLowerCase().replaceAll(/\W+/g, ".")}.${randomUUID().slice(0, 8)}@example.org`;

const secretOf = (link: string) => new URL(link).searchParams.get("link") ?? "";

/** As the console posts, with the cookie of the page's browser. */
export async function post<Answer = unknown>(page: Page, path: string, data: object): Promise<Answer> {
  const answer = await page.request.post(`${consoleUrl()}${path}`, {
    data,
    headers: { "X-Berth-Request": "console" },
  });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (answer.headers()["content-type"]?.includes("json") ? await answer.json() : undefined) as Answer;
}

export async function organizationOf(page: Page): Promise<string> {
  const answer = await page.request.get(`${consoleUrl()}/api/me`);
  const { organization } = (await answer.json()) as { organization: { id: string } };
  return organization.id;
}

export async function signIn(page: Page, email: string, secret = password) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function signOut(page: Page, email: string) {
  await page.getByRole("button", { name: `Account of ${email}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

export async function expectSignedIn(page: Page, email: string) {
  await expect(page.getByRole("button", { name: `Account of ${email}` })).toBeVisible();
}
