/** People, organisations, tokens and audit as docs/ACCESS.md lays them down. */

export type Role = "viewer" | "developer" | "admin" | "owner";
export type Scope = "read" | "deploy" | "admin";

export interface Organization {
  id: string;
  name: string;
  slug: string;
}

export interface Membership extends Organization {
  role: Role;
}

export interface Me {
  userId: string;
  email: string;
  displayName: string;
  platformAdmin: boolean;
  /** False for somebody who only comes in through an issuer. */
  hasPassword: boolean;
  /** Whether a one-time code is asked for at sign-in. */
  hasSecondFactor: boolean;
  sessionId: string | null;
  /** What limits a session that a token opened; null for a person's own. */
  token: TokenLimits | null;
  /** The one that the request was about; null for somebody with several who named none, or with none. */
  organization: MyOrganization | null;
}

export interface MyOrganization extends Membership {
  /** What grants let this person do with single services, where the API says so. */
  grants?: ServiceRole[];
}

export interface TokenLimits {
  id: string;
  scope: Scope;
  serviceId: string | null;
}

export interface ServiceRole {
  serviceId: string;
  role: GrantRole;
}

export type GrantRole = "developer" | "admin";

export interface SignInOptions {
  /** open: anybody; invite: only by invitation; closed: nobody new */
  signUp: "open" | "invite" | "closed";
  /** Whether links can be mailed. */
  mail: boolean;
  /** What people call the outside issuer; null where there is none. */
  oidcName: string | null;
}

export interface Member {
  userId: string;
  email: string;
  displayName: string;
  role: Role;
  createdAt: string;
}

/** One that waits for an answer, or waited too long. */
export interface Invitation {
  id: string;
  email: string;
  role: Role;
  /** The id of a user; null where that account is gone. */
  invitedBy: string | null;
  expiresAt: string;
  createdAt: string;
}

export interface ApiToken {
  id: string;
  name: string;
  /** The first characters, by which one knows it again. */
  prefix: string;
  userId: string;
  email: string;
  scope: Scope;
  serviceId: string | null;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
}

/** The token itself is in this one answer only. */
export interface NewApiToken {
  token: string;
  info: ApiToken;
}

export interface Session {
  id: string;
  /** The API token that opened it; null for one opened in person. */
  tokenId: string | null;
  address: string;
  userAgent: string;
  current: boolean;
  lastUsedAt: string;
  expiresAt: string;
  createdAt: string;
}

export interface TotpSecret {
  secret: string;
  uri: string;
}

export interface Grant {
  userId: string;
  email: string;
  displayName: string;
  role: GrantRole;
  createdAt: string;
}

export type AuditOutcome = "requested" | "succeeded" | "failed" | "refused";

export interface AuditEvent {
  sequence: number;
  id: string;
  at: string;
  actor: {
    kind: "user" | "token" | "operation" | "platform" | "nobody";
    id: string | null;
    name: string;
    address: string | null;
  };
  action: string;
  subject: { kind: string; id: string | null; name: string };
  operationId: string | null;
  workflowId: string | null;
  outcome: AuditOutcome;
  detail: Record<string, string>;
  previousHash: string;
  hash: string;
}

export interface AuditVerification {
  events: number;
  intact: boolean;
  firstBroken: number | null;
  headHash: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
