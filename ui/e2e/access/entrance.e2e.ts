import { expect, type Locator } from "@playwright/test";
import { expectAccessibleInBoth } from "../accessible";
import { Authenticator } from "../outside/authenticator";
import { address, expectSignedIn, password, signIn, signOut, test } from "./test";

test("Who signs up by the mailed link gets an account and an organisation, once", async ({
  page,
  mailbox,
}) => {
  const email = address("Sigrid");
  await page.goto("/sign-in");
  await expectAccessibleInBoth(page);
  await page.getByRole("link", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { name: "Sign up" })).toBeVisible();
  await expectAccessibleInBoth(page);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Look into your mailbox")).toBeVisible();
  await expectAccessibleInBoth(page);

  const link = await mailbox.link(email);
  await page.goto(link);
  await page.getByLabel("Your name").fill("Sigrid");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expectAccessibleInBoth(page);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Organisation").fill("Sigrid's boats");
  await page.getByRole("button", { name: "Create account" }).click();
  await expectSignedIn(page, email);
  await expect(page.getByRole("button", { name: /Organisation Sigrid's boats/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Your first deploy" })).toBeVisible();
  await expectAccessibleInBoth(page);

  await signOut(page, email);
  await page.goto(link);
  await page.getByLabel("Your name").fill("Somebody else");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Organisation").fill("Another");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText(/link is unknown, over or was used already/)).toBeVisible();
});

test("A wrong password is refused as an unknown address is, and the right one signs in", async ({
  page,
  desk,
}) => {
  const { email } = await desk.signUp(page, "Petter", "Petter's boats");
  await page.goto("/");
  await signOut(page, email);
  await signIn(page, address("nobody"));
  const refusal = await page.getByRole("alert").textContent();
  await signIn(page, email, "not the password");
  await expect(page.getByRole("alert")).toHaveText(refusal ?? "");
  await expectAccessibleInBoth(page);
  await signIn(page, email);
  await expectSignedIn(page, email);
});

test("Two-step sign-in wants a code or a recovery code, each once, until it is turned off", async ({
  page,
  desk,
}) => {
  test.setTimeout(180_000);
  const { email } = await desk.signUp(page, "Tora", "Tora's boats");
  await page.goto("/account/two-step");
  await expectAccessibleInBoth(page);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("img", { name: /QR/ })).toBeVisible();
  const app = new Authenticator((await page.getByRole("region", { name: "The secret" }).textContent()) ?? "");
  await expectAccessibleInBoth(page);
  await page.getByLabel("Code", { exact: true }).fill(app.oldCode());
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("Is not the one that the app shows now")).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill(app.code());
  await page.getByRole("button", { name: "Confirm" }).click();
  const codes = page.getByRole("region", { name: "The recovery codes" });
  const recovery = ((await codes.textContent()) ?? "")
    .split(/\s+/)
    .filter((line) => /^[\w-]{8,}$/.test(line));
  expect(recovery).toHaveLength(10);
  await expectAccessibleInBoth(page);
  await signOut(page, email);

  const account = page.getByRole("button", { name: `Account of ${email}` });
  // An account has five attempts a minute, and a quick machine has used them up by now.
  const goOn = async (code: string, seen: Locator) => {
    await page.getByLabel("One-time code").fill(code);
    const button = page.getByRole("button", { name: "Go on" });
    await expect(async () => {
      if (await button.isVisible()) {
        await button.click({ timeout: 1_000 });
      }
      await expect(seen).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 90_000, intervals: [5_000] });
  };
  const used = app.code();
  await signIn(page, email);
  await goOn(used, account);
  await signOut(page, email);
  await signIn(page, email);
  await goOn(used, page.getByText(/code is wrong/i));
  await expectAccessibleInBoth(page);
  await goOn(recovery[0] ?? "", account);

  await page.goto("/account/two-step");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByText("Off", { exact: true })).toBeVisible();
  await signOut(page, email);
  await expect(async () => {
    await signIn(page, email);
    await expect(account).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 90_000, intervals: [10_000] });
});

test("A forgotten password is set anew by the mailed link, and all sessions end", async ({
  page,
  desk,
  mailbox,
}) => {
  const { email } = await desk.signUp(page, "Frida", "Frida's boats");
  await page.goto("/");
  await expectSignedIn(page, email);

  const other = await desk.browser();
  await other.goto("/sign-in");
  await other.getByRole("link", { name: "Forgotten password?" }).click();
  await expect(other.getByRole("heading", { name: "Forgotten password" })).toBeVisible();
  await expectAccessibleInBoth(other);
  await other.getByLabel("E-mail").fill(email);
  await other.getByRole("button", { name: "Send the link" }).click();
  await expect(other.getByText("Look into your mailbox")).toBeVisible();
  await other.goto(await mailbox.link(email, 2));
  await expectAccessibleInBoth(other);
  await other.getByRole("textbox", { name: "New password" }).fill("another horse battery");
  await other.getByRole("button", { name: "Change password" }).click();
  await expect(other.getByText("The password is changed")).toBeVisible();
  await expectAccessibleInBoth(other);

  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
  await signIn(page, email);
  await expect(page.getByRole("alert")).toBeVisible();
  await signIn(page, email, "another horse battery");
  await expectSignedIn(page, email);
});

test("Who comes from the outside issuer is let in, makes an organisation, and is the same person next time", async ({
  page,
  issuer,
}) => {
  // The issuer's pages ask for a font of another host.
  await page.route(/fonts\.googleapis\.com/, (route) => route.abort());
  const email = address("Ola");
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Sign in with Test issuer" }).click();
  await issuer.letIn(page, email);
  await expectSignedIn(page, email);
  await expect(page.getByRole("heading", { name: "You belong to no organisation" })).toBeVisible();
  await expectAccessibleInBoth(page);
  await page.getByRole("button", { name: "New organisation" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessibleInBoth(page);
  await page.getByLabel("Name").fill("Ola's boats");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("button", { name: /Organisation Ola's boats/ })).toBeVisible();

  await signOut(page, email);
  await page.goto("/sign-in?next=%2Faccount%2Fpassword");
  await page.getByRole("link", { name: "Sign in with Test issuer" }).click();
  await expect(page.getByRole("button", { name: /Organisation Ola's boats/ })).toBeVisible();
  await expectSignedIn(page, email);
  await expect(page).toHaveURL(/\/account\/password$/);
});

test("A way back from the issuer that this browser did not begin is refused", async ({ page, issuer: _ }) => {
  await page.goto("/api/sign-in/oidc/callback?code=stolen&state=another");
  await expect(page.getByText("Test issuer did not let you in")).toBeVisible();
  await expectAccessibleInBoth(page);
});
