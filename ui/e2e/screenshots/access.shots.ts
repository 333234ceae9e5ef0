import { expect, test } from "@playwright/test";
import { signInAs } from "../sign-in";
import { settle } from "./settle";

/** The pages about people, of the mock backend. */
const folder = process.env.BERTH_SCREENSHOTS ?? "test-results/screenshots/images";

test.skip(Boolean(process.env.BERTH_TEST_API), "needs the mock backend");

const widths = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } };

for (const scheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(widths)) {
    test(`People, ${scheme}, ${name}`, async ({ browser }) => {
      const context = await browser.newContext({ viewport, colorScheme: scheme, deviceScaleFactor: 1 });
      const page = await context.newPage();
      const shoot = async (what: string, fullPage = false) => {
        await settle(page);
        await page.screenshot({ path: `${folder}/${what}-${scheme}-${name}.png`, fullPage });
      };
      await page.request.post("/mock/seeded");
      for (const [what, path] of [
        ["sign-in-password", "/sign-in"],
        ["sign-in-token", "/sign-in?with=token"],
        ["welcome", "/welcome?link=x"],
        ["sign-up", "/sign-up"],
        ["invitation", "/invitation?link=x"],
        ["password-reset", "/password-reset?link=x"],
      ] as const) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await shoot(what);
      }
      await signInAs(page, "mate@example.com");
      await expect(page.getByLabel("One-time code")).toBeVisible();
      await shoot("sign-in-code");
      await signInAs(page, "captain@example.com");
      await page.getByRole("button", { name: /Organisation Northwind/ }).click();
      await expect(page.getByRole("menuitem", { name: /Lighthouse/ })).toBeVisible();
      await shoot("organization-switcher");

      for (const tab of ["", "members", "invitations", "tokens", "audit"]) {
        await page.goto(`/organization/${tab}`);
        await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
        await expect(page.getByText("Reading…")).toHaveCount(0);
        if (tab === "tokens") {
          await page.getByLabel("Name", { exact: true }).fill("Pipeline");
          await page.getByRole("button", { name: "Create token" }).click();
          await expect(page.getByRole("region", { name: "The token" })).toBeVisible();
        }
        await shoot(`organization-${tab || "general"}`, tab !== "audit");
      }
      await page
        .getByRole("button", { name: /Details of event/ })
        .nth(2)
        .click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await shoot("audit-event");

      for (const tab of ["", "password", "sessions", "two-step"]) {
        await page.goto(`/account/${tab}`);
        await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
        await expect(page.getByText("Reading…")).toHaveCount(0);
        if (tab === "two-step") {
          await page.getByLabel("Password", { exact: true }).fill("correct horse");
          await page.getByRole("button", { name: "Turn on" }).click();
          await expect(page.getByRole("img", { name: /QR/ })).toBeVisible();
        }
        await shoot(`account-${tab || "profile"}`, true);
      }

      await signInAs(page, "viewer@example.com");
      await page.getByRole("link", { name: "Mailer" }).click();
      await page.getByRole("button", { name: "More actions" }).click();
      await expect(page.getByRole("menuitem", { name: /Delete service/ })).toBeVisible();
      await shoot("viewer-service");
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: "Settings" }).click();
      await expect(page.getByRole("heading", { name: "Grants" })).toBeVisible();
      await shoot("viewer-settings", true);
      await context.close();
    });
  }
}
