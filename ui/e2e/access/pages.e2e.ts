import { expect } from "@playwright/test";
import { colorSchemes, expectAccessible, expectNoOverflow } from "../accessible";
import { expectSignedIn, post, test } from "./test";

const entrances = [
  "/sign-in",
  "/sign-in?with=token",
  "/sign-up",
  "/sign-up?link=x",
  "/welcome?link=x",
  "/password-reset",
  "/password-reset?link=x",
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
  "/platform",
  "/services/019a0000-0000-7000-8000-000000000000",
  "/no-such-page",
];

for (const colorScheme of colorSchemes) {
  test(`On a phone no page about people breaks a rule or overflows, in ${colorScheme}`, async ({
    page,
    desk,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: 390, height: 844 });
    const see = async (paths: string[]) => {
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole("heading").first()).toBeVisible();
        await expect(page.getByText("Reading…")).toHaveCount(0);
        await expectAccessible(page);
        await expectNoOverflow(page);
      }
    };
    await see(entrances);
    const { email } = await desk.signUp(page, "Nora", "A name of an organisation that is rather long");
    await desk.member(page, "Somebody with a name that is not short either", "viewer");
    await post(page, "/api/containers/services", {
      name: "A service",
      slug: "a-service",
      gitUrl: "https://git.example.org/a/b.git",
    });
    await page.goto("/");
    await expectSignedIn(page, email);
    await see(pages);
    // WCAG 2.2, 1.4.10: what stands round all pages.
    await page.setViewportSize({ width: 320, height: 844 });
    await page.goto("/account");
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expectNoOverflow(page);
  });
}
