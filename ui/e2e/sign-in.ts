import { expect, type Page } from "@playwright/test";

/** Signs in with an API token, which every stack has, and waits for the list of services. */
export async function signInWithToken(page: Page, token: string) {
  await page.goto("/sign-in?with=token");
  await page.getByLabel("API token", { exact: true }).fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Services", level: 1 })).toBeVisible();
}

/** Signs in to the mock backend as one of its people; all have the same password. */
export async function signInAs(page: Page, email: string) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("correct horse");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
