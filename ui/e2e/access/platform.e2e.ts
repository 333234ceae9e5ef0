import { expect } from "@playwright/test";
import { expectAccessibleInBoth } from "../accessible";
import { address, expectSignedIn, password, signIn, test, welcomeLink } from "./test";

test("The first admin comes in by the terminal's link, once, and disables somebody", async ({
  page,
  desk,
}) => {
  const email = address("Admin");
  await page.goto(welcomeLink());
  await expectAccessibleInBoth(page);
  await page.getByLabel("Your name").fill("First admin");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expectSignedIn(page, email);
  await expect(page.getByRole("button", { name: /Organisation Local/ })).toBeVisible();

  const late = await desk.browser();
  await late.goto(welcomeLink());
  await late.getByLabel("Your name").fill("Second admin");
  await late.getByLabel("E-mail").fill(address("late"));
  await late.getByLabel("Password", { exact: true }).fill(password);
  await late.getByRole("button", { name: "Create account" }).click();
  await expect(late.getByText(/link is unknown, over or was used already/)).toBeVisible();
  await expectAccessibleInBoth(late);

  const guest = await desk.browser();
  const person = await desk.signUp(guest, "Ulrik", "Ulrik's boats");
  await guest.goto("/");
  await expectSignedIn(guest, person.email);
  await guest.goto("/platform");
  await expect(guest.getByText("You do not see the platform")).toBeVisible();
  await expectAccessibleInBoth(guest);

  await page.getByRole("button", { name: `Account of ${email}` }).click();
  await expectAccessibleInBoth(page);
  await page.getByRole("menuitem", { name: "Platform" }).click();
  await expect(page.getByRole("row", { name: new RegExp(email) })).toContainText("Platform admin");
  const row = page.getByRole("row", { name: new RegExp(person.email) });
  await expectAccessibleInBoth(page);
  await row.getByRole("button", { name: "Disable Ulrik" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(row).toContainText("Disabled");
  await expectAccessibleInBoth(page);
  await guest.reload();
  await expect(guest).toHaveURL(/\/sign-in/);
  await signIn(guest, person.email);
  await expect(guest.getByRole("alert")).toBeVisible();
  await row.getByRole("button", { name: "Enable Ulrik" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Enable" }).click();
  await expect(row).toContainText("Active");
  await signIn(guest, person.email);
  await expectSignedIn(guest, person.email);

  await page.getByRole("link", { name: "Organisations" }).click();
  await expect(page.getByRole("row", { name: /Ulrik's boats/ })).toBeVisible();
  await expectAccessibleInBoth(page);
});
