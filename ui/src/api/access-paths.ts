import type * as T from "./access-types";

/** An operation in the form that openapi-fetch reads; `Query` is what may stand behind the question mark. */
type Call<Answer, Body = never, Path = never, Query = never> = {
  parameters: { header?: never; cookie?: never } & ([Path] extends [never]
    ? { path?: never }
    : { path: Path }) &
    ([Query] extends [never] ? { query?: never } : { query?: Query });
  responses: { 200: { headers: Record<string, unknown>; content: { "application/json": Answer } } };
} & ([Body] extends [never]
  ? { requestBody?: never }
  : { requestBody: { content: { "application/json": Body } } });

type Nothing = undefined;
type InOrganization = { organizationId: string };

interface AuditQuery {
  limit?: number;
  cursor?: string;
  action?: string;
  actor?: string;
  outcome?: T.AuditOutcome;
  from?: string;
  to?: string;
}

/** The addresses of docs/ACCESS.md. */
export interface AccessPaths {
  "/api/sign-in/options": { get: Call<T.SignInOptions> };
  "/api/session": {
    post: Call<Nothing, { token: string } | { email: string; password: string; code?: string }>;
    delete: Call<Nothing>;
  };
  "/api/sign-up": { post: Call<Nothing, { email: string }> };
  "/api/sign-up/complete": {
    post: Call<Nothing, { link: string; displayName: string; password: string; organizationName: string }>;
  };
  "/api/welcome": {
    post: Call<Nothing, { link: string; email: string; displayName: string; password: string }>;
  };
  "/api/password-reset": { post: Call<Nothing, { email: string }> };
  "/api/password-reset/complete": { post: Call<Nothing, { link: string; password: string }> };
  "/api/invitations/accept": {
    post: Call<Nothing, { link: string; displayName?: string; password?: string }>;
  };
  "/api/me": { get: Call<T.Me>; patch: Call<T.Me, { displayName: string }> };
  "/api/me/password": { put: Call<Nothing, { currentPassword?: string; newPassword: string }> };
  "/api/me/sessions": { get: Call<T.Page<T.Session>>; delete: Call<Nothing> };
  "/api/me/sessions/{sessionId}": { delete: Call<Nothing, never, { sessionId: string }> };
  "/api/me/totp": { post: Call<T.TotpSecret, { password?: string }> };
  "/api/me/totp/confirm": { post: Call<{ recoveryCodes: string[] }, { code: string }> };
  "/api/me/totp/remove": { post: Call<Nothing, { password?: string }> };
  "/api/me/orgs/{organizationId}": { delete: Call<Nothing, never, InOrganization> };
  "/api/orgs": { get: Call<T.Page<T.Membership>>; post: Call<T.Membership, { name: string }> };
  "/api/orgs/{organizationId}": {
    get: Call<T.Organization, never, InOrganization>;
    patch: Call<T.Organization, { name: string }, InOrganization>;
    delete: Call<Nothing, never, InOrganization>;
  };
  "/api/orgs/{organizationId}/members": { get: Call<T.Page<T.Member>, never, InOrganization> };
  "/api/orgs/{organizationId}/members/{userId}": {
    patch: Call<T.Member, { role: T.Role }, InOrganization & { userId: string }>;
    delete: Call<Nothing, never, InOrganization & { userId: string }>;
  };
  "/api/orgs/{organizationId}/invitations": {
    get: Call<T.Page<T.Invitation>, never, InOrganization>;
    post: Call<T.Invitation, { email: string; role: T.Role }, InOrganization>;
  };
  "/api/orgs/{organizationId}/invitations/{invitationId}": {
    delete: Call<Nothing, never, InOrganization & { invitationId: string }>;
  };
  "/api/orgs/{organizationId}/tokens": {
    get: Call<T.Page<T.ApiToken>, never, InOrganization>;
    post: Call<
      T.NewApiToken,
      { name: string; scope: T.Scope; serviceId?: string; expiresInDays?: number },
      InOrganization
    >;
  };
  "/api/orgs/{organizationId}/tokens/{tokenId}": {
    delete: Call<Nothing, never, InOrganization & { tokenId: string }>;
  };
  "/api/orgs/{organizationId}/services/{serviceId}/grants": {
    get: Call<T.Page<T.Grant>, never, InOrganization & { serviceId: string }>;
  };
  "/api/orgs/{organizationId}/services/{serviceId}/grants/{userId}": {
    put: Call<Nothing, { role: T.GrantRole }, InOrganization & { serviceId: string; userId: string }>;
    delete: Call<Nothing, never, InOrganization & { serviceId: string; userId: string }>;
  };
  "/api/orgs/{organizationId}/audit": {
    get: Call<T.Page<T.AuditEvent>, never, InOrganization, AuditQuery>;
  };
  "/api/orgs/{organizationId}/audit/verification": { get: Call<T.AuditVerification, never, InOrganization> };
}
