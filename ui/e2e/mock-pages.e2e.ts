import { expect, test } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { token } from "./environment";
import { signInWithToken } from "./sign-in";

/** Pages that a working app never shows; only the mock backend has them ready. */
test.skip(process.env.BERTH_TEST_MOCK !== "1", "needs the mock backend");

for (const colorScheme of ["light", "dark"] as const) {
  test(`The empty list and a failure break no rule of accessibility, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.request.post("/mock/empty");
    await signInWithToken(page, token);
    await expect(page.getByRole("region", { name: "Your first deploy" })).toBeVisible();
    await expectAccessible(page);

    await page.request.post("/mock/seeded");
    await page.getByRole("link", { name: "Mailer" }).click();
    await expect(page.getByRole("region", { name: "What went wrong" })).toBeVisible();
    await expect(page.getByText("Complete", { exact: true })).toBeVisible();
    await expectAccessible(page);

    await page.goto("/services/019a0000-0000-7000-8000-000000000000");
    await expect(page.getByRole("heading", { name: "Nothing is moored here" })).toBeVisible();
    await expectAccessible(page);

    await page.goto("/no-such-page");
    await expect(page.getByRole("heading", { name: "Nothing is moored here" })).toBeVisible();
    await expectAccessible(page);
  });
}
