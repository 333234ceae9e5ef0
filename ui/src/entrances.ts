import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ownAddress } from "./access/next-address";
import { SignInPage } from "./pages/sign-in-page";
import { root, text } from "./root-route";

/** `code`: the outside issuer knows the person, and the API wants the code of their second factor too. */
const waysIn = ["token", "code"] as const;

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (
    search: Record<string, unknown>,
  ): { next?: string | undefined; with?: "token" | "code" | undefined; problem?: "oidc" | undefined } => ({
    next: ownAddress(search.next),
    with: waysIn.find((way) => way === search.with),
    problem: search.problem === "oidc" ? "oidc" : undefined,
  }),
  component: SignInPage,
});

/** The mailed links lead to these pages, with a secret that a page without one asks for first. */
const linked = (search: Record<string, unknown>): { link?: string | undefined } => ({
  link: text(search.link),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: linked,
  component: lazyRouteComponent(() => import("./pages/welcome-page"), "WelcomePage"),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  validateSearch: linked,
  component: lazyRouteComponent(() => import("./pages/sign-up/sign-up-page"), "SignUpPage"),
});

const passwordReset = createRoute({
  getParentRoute: () => root,
  path: "/password-reset",
  validateSearch: linked,
  component: lazyRouteComponent(
    () => import("./pages/password-reset/password-reset-page"),
    "PasswordResetPage",
  ),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  validateSearch: linked,
  component: lazyRouteComponent(() => import("./pages/invitation-page"), "InvitationPage"),
});

/** The pages that need nobody to be signed in. */
export const entrances = [signIn, welcome, signUp, passwordReset, invitation] as const;

/** Whether a page needs nobody to be signed in, so that a session that ended changes nothing about it. */
export const isEntrance = (pathname: string) =>
  entrances.some(({ options }) => (options as { path: string }).path === pathname);
