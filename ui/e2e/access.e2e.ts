import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { signInAs } from "./sign-in";

/** People, roles and tokens; the mock backend has everybody ready. */
test.skip(process.env.BERTH_TEST_MOCK !== "1", "needs the mock backend");

test.beforeEach(async ({ page }) => {
  await page.request.post("/mock/seeded");
});

test("A password and a code sign in, and a wrong code does not", async ({ page }) => {
  await signInAs(page, "mate@example.com");
  await page.getByLabel("One-time code").fill("000000");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("This code is wrong")).toBeVisible();
  await page.getByLabel("One-time code").fill("123456");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("button", { name: "Account of mate@example.com" })).toBeVisible();
});

test("Another organisation shows its own services only, also after a reload", async ({ page }) => {
  await signInAs(page, "captain@example.com");
  await expect(page.getByRole("link", { name: "Shop frontend" })).toBeVisible();
  await page.getByRole("button", { name: /Organisation Northwind/ }).click();
  await page.getByRole("menuitem", { name: /Lighthouse Labs/ }).click();
  await expect(page.getByRole("region", { name: "Your first deploy" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: /Organisation Lighthouse Labs/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Your first deploy" })).toBeVisible();
});

test("Somebody is invited, and the audit log says so", async ({ page }) => {
  await signInAs(page, "captain@example.com");
  await page.getByRole("link", { name: "Organisation", exact: true }).click();
  await page.getByRole("link", { name: "Invitations" }).click();
  await page.getByLabel("E-mail").fill("nils@example.com");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("nils@example.com is invited")).toBeVisible();
  await expect(page.getByRole("row", { name: /nils@example\.com/ })).toContainText("Pending");
  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("row", { name: /Create invitation nils@example\.com/ })).toBeVisible();
  await expect(page.getByText(/Verified: \d+ events intact/)).toBeVisible();
});

test("A token is shown once", async ({ page }) => {
  await signInAs(page, "captain@example.com");
  await page.getByRole("link", { name: "Organisation", exact: true }).click();
  await page.getByRole("link", { name: "Tokens" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Pipeline");
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("region", { name: "The token" })).toContainText(/^berth_\w{40,}/);
  await page.reload();
  await expect(page.getByRole("row", { name: /Pipeline/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "The token" })).toHaveCount(0);
});

test("A viewer sees what is forbidden, and why, and a grant lifts it for its service", async ({ page }) => {
  const reason = "This needs the role developer. Yours is viewer.";
  await signInAs(page, "viewer@example.com");
  const create = page.getByRole("button", { name: "New service" });
  await expect(create).toHaveAccessibleDescription(reason);
  await create.hover();
  await expect(page.getByRole("tooltip")).toHaveText(reason);
  await page.getByRole("link", { name: "Mailer" }).click();
  await expect(page.getByRole("button", { name: "Deploy", exact: true })).toHaveAccessibleDescription(reason);
  await expectAccessible(page);
  await page.goto("/services");
  await page.getByRole("link", { name: "Shop frontend" }).click();
  await expect(page.getByRole("button", { name: "Deploy", exact: true })).not.toHaveAttribute(
    "aria-disabled",
  );
  await page.goto("/organization/audit");
  await expect(page.getByText("You do not see the audit log")).toBeVisible();
});

const widths = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } };

const entrances = [
  "/sign-in",
  "/sign-in?with=token",
  "/sign-up",
  "/sign-up/complete?link=x",
  "/welcome?link=x",
  "/password-reset",
  "/password-reset/complete?link=x",
  "/invitation?link=x",
];

const pages = [
  "/organization",
  "/organization/members",
  "/organization/invitations",
  "/organization/tokens",
  "/organization/audit",
  "/account",
  "/account/password",
  "/account/two-step",
  "/account/sessions",
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(widths)) {
    test(`Pages about people break no rule and do not overflow, in ${colorScheme}, ${name}`, async ({
      page,
    }) => {
      test.setTimeout(180_000);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(viewport);
      for (const path of entrances) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await check(page);
      }
      await signInAs(page, "captain@example.com");
      await expect(page.getByRole("heading", { name: "Services", level: 1 })).toBeVisible();
      for (const path of pages) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
        await expect(page.getByText("Reading…")).toHaveCount(0);
        await check(page);
      }
      await page.goto("/organization/audit");
      await page
        .getByRole("button", { name: /Details of event/ })
        .first()
        .click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await check(page);
    });
  }
}

async function check(page: Page) {
  await expectAccessible(page);
  const { width, shown } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    shown: document.documentElement.clientWidth,
  }));
  expect(width, `at ${page.url()} nothing stands beside the page`).toBeLessThanOrEqual(shown);
}
