import { expect, type Page, test } from "@playwright/test";
import { expectNoOverflow } from "../accessible";
import { signInAs } from "../sign-in";
import { settle } from "./settle";

/** What is held at its gates, and where gates are set: pages of the mock backend. */
const folder = process.env.BERTH_SCREENSHOTS ?? "test-results/screenshots/images";

test.skip(Boolean(process.env.BERTH_TEST_API), "needs the mock backend");

const widths = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } };

const gates = (page: Page) => page.getByRole("region", { name: "Gates" });

for (const scheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(widths)) {
    test(`Gates, ${scheme}, ${name}`, async ({ browser }) => {
      const context = await browser.newContext({ viewport, colorScheme: scheme, deviceScaleFactor: 1 });
      const page = await context.newPage();
      const shoot = async (what: string) => {
        await settle(page);
        await expectNoOverflow(page);
        await page.screenshot({ path: `${folder}/${what}-${scheme}-${name}.png` });
      };
      const open = async (service: string) => {
        await page.goto("/services");
        await page.getByRole("link", { name: service, exact: true }).click();
        const list = page.getByRole("list", { name: "Deployments" });
        await expect(list.getByText(/Waits for/)).toBeVisible();
        await shoot(`held-${service.toLowerCase()}-list`);
        await list.getByRole("link").first().click();
      };
      await page.request.post("/mock/seeded");
      await signInAs(page, "captain@example.com");

      await open("Checkout");
      await expect(page.getByRole("region", { name: "Approval" })).toBeVisible();
      await shoot("held-approval");
      await page.getByRole("button", { name: "Approve" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await shoot("approve");
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("button", { name: "Reject" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await shoot("reject");
      await page.getByRole("dialog").getByRole("button", { name: "Reject it" }).click();
      await expect(page.getByRole("region", { name: "What went wrong" })).toBeVisible();
      await shoot("rejected");

      await open("Billing");
      await expect(page.getByRole("region", { name: "Deploy window" })).toBeVisible();
      await shoot("held-window");
      await page.getByRole("link", { name: "Operations" }).click();
      await expect(page.getByText(/which opens on/)).toBeVisible();
      await shoot("held-operations");
      await page.getByRole("link", { name: "Settings" }).click();
      await gates(page).scrollIntoViewIfNeeded();
      await page.getByRole("button", { name: "Add window" }).click();
      for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) {
        await gates(page).getByRole("checkbox", { name: day }).last().uncheck();
      }
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("Pick a day")).toBeVisible();
      await gates(page).evaluate((panel) => panel.scrollIntoView({ block: "start" }));
      await shoot("gates");

      await signInAs(page, "dev@example.com");
      await page.getByRole("link", { name: "Billing", exact: true }).click();
      await page.getByRole("link", { name: "Settings" }).click();
      await gates(page).evaluate((panel) => panel.scrollIntoView({ block: "start" }));
      await shoot("gates-developer");
      await context.close();
    });
  }
}
