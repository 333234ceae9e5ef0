import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "../accessible";
import { deployDeadline, gitUrl, token } from "../environment";
import { signInWithToken } from "../sign-in";
import { skipWhenTimeIsUp } from "../time";

/** One service lives through the file: made, deployed, looked at, rolled back and deleted. */
const slug = `console-${Date.now().toString(36)}`;
let service: string;

test.describe.configure({ mode: "serial" });

// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
test.beforeEach(({}, testInfo) => skipWhenTimeIsUp(testInfo));

const signIn = (page: Page) => signInWithToken(page, token);

const deployments = (page: Page) => page.getByRole("list", { name: "Deployments" }).getByRole("listitem");

async function confirm(page: Page, action: string) {
  await page.getByRole("dialog").getByRole("button", { name: action }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

async function expectAppToAnswer(page: Page) {
  const address = await page
    .getByRole("link", { name: /opens in a new tab/ })
    .first()
    .getAttribute("href");
  const app = await page.context().newPage();
  const response = await app.goto(address ?? "");
  expect(response?.status()).toBe(200);
  await expect(app.locator("body")).not.toBeEmpty();
  await app.close();
}

test("A wrong token is refused, and a page asks for one first", async ({ page }) => {
  await page.goto("/services");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/sign-in?with=token");
  await page.getByLabel("API token", { exact: true }).fill("berth-not-a-token");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("This token was refused")).toBeVisible();
});

test("From a repository to a URL, deployed again, and rolled back", async ({ page }) => {
  test.setTimeout(3 * deployDeadline);
  await signIn(page);

  await page.getByRole("link", { name: "New service" }).first().click();
  await page.getByRole("textbox", { name: "Name" }).fill(slug);
  await page.getByRole("textbox", { name: "Git repository" }).fill(gitUrl);
  await page.getByRole("button", { name: "Create and deploy" }).click();
  await expect(page.getByRole("heading", { name: slug, level: 1 })).toBeVisible();
  service = new URL(page.url()).pathname;

  await expect(page.getByRole("list", { name: "Build steps" })).toContainText("Fetch source", {
    timeout: deployDeadline,
  });
  await expect(page.getByRole("log", { name: "Build log" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Release steps", exact: true })).toContainText(
    "Wait for health",
    { timeout: deployDeadline },
  );
  await expect(deployments(page).first()).toContainText("Current", { timeout: deployDeadline });
  await expect(deployments(page).first()).toContainText("Running");
  await expectAppToAnswer(page);

  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await confirm(page, "Deploy");
  await expect(deployments(page)).toHaveCount(2);
  await expect(deployments(page).nth(0)).toContainText("Current", { timeout: deployDeadline });
  await expect(deployments(page).nth(1)).not.toContainText("Current");
  await expectAppToAnswer(page);

  await deployments(page).nth(1).getByRole("link").click();
  const rollBack = page.getByRole("button", { name: "Roll back to this" });
  await expect(rollBack).not.toHaveAttribute("aria-disabled", "true");
  await rollBack.click();
  await confirm(page, "Roll back");
  await expect(deployments(page).nth(1)).toContainText("Current", { timeout: deployDeadline });
  await expectAppToAnswer(page);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`No page breaks a rule of accessibility, in ${colorScheme}`, async ({ browser, baseURL }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext({
      colorScheme,
      reducedMotion: "reduce",
      ...(baseURL ? { baseURL } : {}),
    });
    const page = await context.newPage();
    const refusals: string[] = [];
    page.on(
      "console",
      (message) => /Content Security Policy/.test(message.text()) && refusals.push(message.text()),
    );

    await page.goto("/sign-in?with=token");
    await expectAccessible(page);
    await signIn(page);
    await expect(page.getByRole("table", { name: "Services" })).toBeVisible();
    await expectAccessible(page);

    await page.goto("/services?search=nothing-has-this-name");
    await expect(page.getByText("No service matches")).toBeVisible();
    await expectAccessible(page);

    await page.goto("/services/new");
    await page.getByRole("button", { name: "Add variable" }).click();
    await page.getByRole("button", { name: "Create and deploy" }).click();
    await expect(page.getByText("Give the service a name")).toBeVisible();
    await expectAccessible(page);

    await page.goto(service);
    await expect(page.getByText("Complete", { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Deploy", exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

    await page.goto(`${service}/builds`);
    await expect(page.getByText("Complete", { exact: true })).toBeVisible();
    await expectAccessible(page);

    await page.goto(`${service}/settings`);
    await expect(page.getByRole("form", { name: "Settings" })).toBeVisible();
    await page.getByRole("button", { name: "Add window" }).click();
    await expect(page.getByRole("group", { name: "Window 1" })).toBeVisible();
    await expectAccessible(page);

    expect(refusals, "what the content security policy refused").toEqual([]);
    await context.close();
  });
}

test("The deleted service leaves the list", async ({ page }) => {
  await signIn(page);
  await page.goto(service);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete service" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(slug);
  await confirm(page, "Delete service");
  await expect(page.getByRole("heading", { name: "Services", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: slug, exact: true })).toHaveCount(0, { timeout: 45_000 });
});
