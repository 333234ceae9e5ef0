import type { components } from "./schema";

type Schemas = components["schemas"];

export type SignInOptions = Schemas["SignInOptions"];
export type Membership = Schemas["Organization"];
export type Role = Membership["role"];
export type TokenLimits = Schemas["MyToken"];
export type Scope = TokenLimits["scope"];
export type Member = Schemas["Member"];
export type Invitation = Schemas["Invitation"];
export type ApiToken = Schemas["Token"];
export type NewApiToken = Schemas["NewToken"];
export type Session = Schemas["Session"];
export type TotpSecret = Schemas["TotpProposal"];
export type User = Schemas["User"];
export type Grant = Schemas["Grant"];
export type GrantRole = "developer" | "admin";
export type AuditEvent = Schemas["AuditEvent"];
export type AuditOutcome = AuditEvent["outcome"];

export type MyOrganization = Schemas["MyOrganization"];
export type Me = Schemas["Me"];
