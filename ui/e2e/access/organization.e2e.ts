import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBoth } from "../accessible";
import {
  address,
  consoleUrl,
  expectSignedIn,
  organizationOf,
  password,
  post,
  signIn,
  signOut,
  test,
} from "./test";

async function newService(page: Page, slug: string) {
  const body = { name: slug, slug, gitUrl: "https://git.example.org/a/b.git" };
  return post<{ id: string }>(page, "/api/containers/services", body);
}

test("Somebody is invited by mail, comes in with the role, and sees what it forbids, and why", async ({
  page,
  desk,
  mailbox,
}) => {
  await desk.signUp(page, "Ines", "Northwind");
  await newService(page, "mailer");
  const email = address("Vera");
  await page.goto("/organization/invitations");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText(`${email} is invited`)).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(email) })).toContainText("Pending");
  await expectAccessibleInBoth(page);

  const guest = await desk.browser();
  await guest.goto(await mailbox.link(email));
  await expectAccessibleInBoth(guest);
  await guest.getByLabel("Your name").fill("Vera");
  await guest.getByLabel("Password", { exact: true }).fill(password);
  await guest.getByRole("button", { name: "Create account and join" }).click();
  await expectSignedIn(guest, email);
  await expect(guest.getByRole("button", { name: /Organisation Northwind/ })).toBeVisible();

  const reason = "This needs the role developer. Yours is viewer.";
  const create = guest.getByRole("button", { name: "New service" });
  await expect(create).toHaveAccessibleDescription(reason);
  await create.hover();
  await expect(guest.getByRole("tooltip")).toHaveText(reason);
  await guest.getByRole("link", { name: "mailer" }).click();
  await expect(guest.getByRole("button", { name: "Deploy", exact: true })).toHaveAccessibleDescription(
    reason,
  );
  await expectAccessibleInBoth(guest);
  await guest.goto("/organization/members");
  await expect(guest.getByText("Your role here is viewer.")).toBeVisible();
  await expect(guest.getByRole("row", { name: /Vera/ })).toContainText("Viewer");
  await expect(guest.getByRole("button", { name: "Role of Ines: owner" })).toHaveAccessibleDescription(
    "This needs the role admin. Yours is viewer.",
  );
  await expectAccessibleInBoth(guest);
  await guest.goto("/organization/audit");
  await expect(guest.getByText("You do not see the audit log")).toBeVisible();
  await expectAccessibleInBoth(guest);
});

test("A grant lets a viewer deploy one service, and no other", async ({ page, desk }) => {
  await desk.signUp(page, "Ines", "Lighthouse");
  const granted = await newService(page, "granted");
  const other = await newService(page, "other");
  const viewer = await desk.member(page, "Vera", "viewer");

  await page.goto(`/services/${granted.id}/settings`);
  const grants = page.getByRole("form", { name: "Grants" });
  await grants.getByRole("combobox", { name: "Member" }).click();
  await page.getByRole("option", { name: /Vera/ }).click();
  await grants.getByRole("button", { name: "Grant" }).click();
  await expect(page.getByRole("table", { name: "Grants" })).toContainText(viewer.email);
  await expectAccessibleInBoth(page);

  const deploy = viewer.page.getByRole("button", { name: "Deploy", exact: true });
  await viewer.page.goto(`/services/${granted.id}`);
  await expect(deploy).toBeVisible();
  await expect(deploy).not.toHaveAttribute("aria-disabled");
  await viewer.page.goto(`/services/${other.id}`);
  await expect(deploy).toHaveAttribute("aria-disabled", "true");

  await page.getByRole("button", { name: "Withdraw the grant of Vera" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("table", { name: "Grants" })).toHaveCount(0);
  await viewer.page.goto(`/services/${granted.id}`);
  await expect(deploy).toHaveAttribute("aria-disabled", "true");
});

test("A token is shown once, works, and is refused as soon as it is revoked", async ({ page, desk }) => {
  await desk.signUp(page, "Tone", "Tone's boats");
  await page.goto("/organization/tokens");
  await page.getByLabel("Name", { exact: true }).fill("Pipeline");
  await page.getByRole("button", { name: "Create token" }).click();
  const shown = page.getByRole("region", { name: "The token" });
  await expect(shown).toContainText(/^berth_[\w-]{40,}/);
  await expectAccessibleInBoth(page);
  const token = (await shown.textContent())?.trim() ?? "";
  const ask = async () =>
    (await fetch(`${consoleUrl()}/api/me`, { headers: { Authorization: `Bearer ${token}` } })).status;
  expect(await ask()).toBe(200);

  await page.reload();
  await expect(page.getByRole("row", { name: /Pipeline/ })).toBeVisible();
  await expect(shown).toHaveCount(0);
  await page.getByRole("button", { name: "Revoke Pipeline" }).click();
  await expectAccessibleInBoth(page);
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("row", { name: /Pipeline/ })).toHaveCount(0);
  expect(await ask()).toBe(401);
  await expectAccessibleInBoth(page);
});

test("A session that is ended elsewhere is over at once", async ({ page, desk }) => {
  const { email } = await desk.signUp(page, "Signe", "Signe's boats");
  const other = await desk.browser();
  await signIn(other, email);
  await expectSignedIn(other, email);

  await page.goto("/account/sessions");
  await expect(page.getByRole("row")).toHaveCount(3);
  await expect(page.getByRole("row", { name: /This one/ }).getByRole("button")).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expectAccessibleInBoth(page);
  await page
    .getByRole("row")
    .filter({ hasNotText: "This one" })
    .getByRole("button", { name: /End the session/ })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "End session" }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);
  await page.reload();
  await expectSignedIn(page, email);
});

test("The audit log tells who did what, and that nobody changed it", async ({ page, desk }) => {
  const { email } = await desk.signUp(page, "Arne", "Arne's boats");
  const service = await newService(page, "audited");
  const viewer = await desk.member(page, "Vera", "viewer");
  const refused = await viewer.page.request.post(
    `${consoleUrl()}/api/containers/services/${service.id}/deploy`,
    { data: {}, headers: { "X-Berth-Request": "console" } },
  );
  expect(refused.status()).toBe(403);
  await page.goto("/organization/audit");
  await expect(page.getByText(/Verified: \d+ events intact/)).toBeVisible();
  await expect(page.getByRole("row", { name: /invitation.*vera/i }).first()).toBeVisible();
  await expect(page.getByRole("row", { name: /audited/ }).first()).toContainText(email);
  await expect(page.getByRole("row").filter({ hasText: "Refused" })).toContainText(viewer.email);
  await expectAccessibleInBoth(page);
  await page
    .getByRole("button", { name: /Details of event/ })
    .first()
    .click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessibleInBoth(page);
});

test("Another organisation shows its own services only, also after a reload", async ({ page, desk }) => {
  const { email } = await desk.signUp(page, "Olga", "First harbour");
  await newService(page, "only-here");
  await page.goto("/");
  await page.getByRole("button", { name: /Organisation First harbour/ }).click();
  await expectAccessibleInBoth(page);
  await page.getByRole("menuitem", { name: "New organisation" }).click();
  await page.getByLabel("Name").fill("Second harbour");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("button", { name: /Organisation Second harbour/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Your first deploy" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: /Organisation Second harbour/ })).toBeVisible();
  await page.getByRole("button", { name: /Organisation Second harbour/ }).click();
  await page.getByRole("menuitem", { name: /First harbour/ }).click();
  await expect(page.getByRole("link", { name: "only-here" })).toBeVisible();
  await signOut(page, email);
});

test("A list that is longer than a page shows the rest when asked", async ({ page, desk }) => {
  await desk.signUp(page, "Liv", "Liv's boats");
  const path = `/api/orgs/${await organizationOf(page)}/tokens`;
  for (let number = 1; number <= 51; number++) {
    await post(page, path, { name: `Token ${number}`, scope: "read" });
  }
  await page.goto("/organization/tokens");
  const rows = page.getByRole("table", { name: "Tokens" }).getByRole("row");
  await expect(rows).toHaveCount(51);
  await expectAccessibleInBoth(page);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(rows).toHaveCount(52);
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
});
