import { expect, test } from "@playwright/test";
import { settle } from "./settle";

/** Where the pictures go; `docs/images` for those that the documentation shows. */
const folder = process.env.BERTH_SCREENSHOTS ?? "test-results/screenshots/images";
const token = process.env.BERTH_TEST_TOKEN ?? "berth_mock";
/** The service whose pages are shown; the newest where it is not there. */
const subject = process.env.BERTH_SCREENSHOT_SERVICE ?? "Shop frontend";
const real = Boolean(process.env.BERTH_TEST_API);

const widths = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const scheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(widths)) {
    test(`${scheme}, ${name}`, async ({ browser }) => {
      const context = await browser.newContext({ viewport, colorScheme: scheme, deviceScaleFactor: 1 });
      const page = await context.newPage();
      const shoot = async (what: string) => {
        await settle(page);
        await page.screenshot({ path: `${folder}/${what}-${scheme}-${name}.png` });
      };

      if (!real) {
        await page.request.post("/mock/empty");
      }
      await page.goto("/sign-in");
      await expect(page.getByRole("heading", { name: "Sign in to Berth" })).toBeVisible();
      await shoot("sign-in");
      await page.goto("/sign-in?with=token");
      await page.getByRole("textbox", { name: "API token" }).fill(token);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("heading", { name: "Services" })).toBeVisible();
      if (!real) {
        await expect(page.getByRole("region", { name: "Your first deploy" })).toBeVisible();
        await shoot("first-deploy");
        await page.request.post("/mock/seeded");
      }
      await expect(page.getByRole("table", { name: "Services" })).toBeVisible();
      await shoot("services");

      const link = page.getByRole("link", { name: subject, exact: true });
      const named = (await link.count()) > 0;
      await (named
        ? link
        : page.getByRole("table", { name: "Services" }).getByRole("rowheader").getByRole("link")
      )
        .first()
        .click();
      await expect(page.getByRole("list", { name: "Deployments" })).toBeVisible();
      const service = page.url().replace(/[?#].*/, "");
      await shoot("service");

      const failed = page
        .getByRole("list", { name: "Deployments" })
        .getByRole("listitem")
        .filter({ hasText: "Failed" });
      if ((await failed.count()) > 0) {
        await failed.first().getByRole("link").click();
        await expect(page.getByRole("region", { name: "What went wrong" })).toBeVisible();
        await shoot("failure");
      }
      if (!real) {
        await page.goto(service);
        await page.getByRole("button", { name: "Deploy", exact: true }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await shoot("confirm");
        await page.getByRole("dialog").getByRole("button", { name: "Deploy" }).click();
        await expect(page.getByRole("dialog")).toBeHidden();
        await expect(page.getByRole("list", { name: "Build steps" })).toContainText("Fetch dependencies", {
          timeout: 20_000,
        });
        await expect(page.getByRole("log")).toContainText("npm ci");
        await shoot("deploying");
      }

      await page.goto(service);
      await page.getByRole("button", { name: "More actions" }).click();
      await expect(page.getByRole("menuitem", { name: /Stop/ })).toBeVisible();
      await shoot("actions");
      await page.keyboard.press("Escape");
      if (!real) {
        await page.getByRole("button", { name: "More actions" }).click();
        await page.getByRole("menuitem", { name: /Scale/ }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await shoot("scale");
        await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      }
      await page.goto(`${service}/operations`);
      await expect(page.getByRole("list", { name: "Operations" })).toBeVisible();
      await shoot("operations");

      await page.goto(`${service}/builds`);
      await expect(page.getByRole("list", { name: "Builds" })).toBeVisible();
      if (name === "narrow") {
        await page.getByRole("list", { name: "Builds" }).getByRole("link").first().click();
      }
      await expect(page.getByRole("log")).toContainText(/./);
      await expect(page.getByRole("log").getByRole("group")).toContainText(/\d/);
      await shoot("builds");

      await page.goto(`${service}/settings`);
      await expect(page.getByRole("form", { name: "Settings" })).toBeVisible();
      await shoot("settings");

      await page.goto("/services/new");
      await expect(page.getByRole("form", { name: "New service" })).toBeVisible();
      await page.getByRole("button", { name: "Create and deploy" }).click();
      await expect(page.getByText("Give the service a name")).toBeVisible();
      await shoot("new-service");

      await page.goto("/services?search=nothing-has-this-name");
      await expect(page.getByText("No service matches")).toBeVisible();
      await shoot("no-match");
      await context.close();
    });
  }
}
