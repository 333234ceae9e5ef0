import type {
  ApiToken,
  Grant,
  GrantRole,
  Invitation,
  Me,
  Member,
  Membership,
  Role,
  Scope,
  Session,
  TokenLimits,
} from "../src/api/access-types";
import { AuditLog } from "./audit";
import { hex, newId, slugOf } from "./ids";

export interface Person {
  id: string;
  name: string;
  email: string;
  /** Empty for whoever has none. */
  password: string;
  totp: boolean;
  /** Whether they signed in within the last minutes. */
  recent: boolean;
  /** Each counts once. */
  recoveryCodes: string[];
  platformAdmin: boolean;
}

type Organization = Pick<Membership, "id" | "name" | "slug">;

interface Seat {
  organizationId: string;
  userId: string;
  role: Role;
  createdAt: string;
}

interface StoredGrant {
  organizationId: string;
  serviceId: string;
  userId: string;
  role: GrantRole;
}

type Owned<T> = T & { organizationId: string };

/** Who is at the other end of a request: a person, perhaps by a token of theirs. */
export interface Caller {
  person: Person;
  organization: Membership | null;
  token: TokenLimits | null;
}

/** The password of everybody and the one-time code of who has one. */
export const everybodysPassword = "correct horse";
export const everybodysCode = "123456";

const day = 86_400_000;

/** Who there is, where they belong and what they hold. */
export class People {
  readonly organizations: Organization[] = [];
  readonly persons: Person[] = [];
  seats: Seat[] = [];
  invitations: Owned<Invitation>[] = [];
  tokens: Owned<ApiToken>[] = [];
  grants: StoredGrant[] = [];
  sessions: Session[] = [];
  /** Whether the platform demands a second factor of everybody. */
  secondFactorRequired = false;
  readonly audit: AuditLog;
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
    this.audit = new AuditLog(now);
    const captain = this.addPerson("Ines Ahlgren", "captain@example.com", { platformAdmin: true });
    const northwind = this.addOrganization("Northwind", captain, 300 * day);
    const mate = this.addPerson("Tomas Rehn", "mate@example.com", { totp: true });
    this.seat(northwind, mate, "admin", 240 * day);
    this.seat(northwind, this.addPerson("Dana Okafor", "dev@example.com"), "developer", 80 * day);
    this.seat(northwind, this.addPerson("Vera Lindqvist", "viewer@example.com"), "viewer", 6 * day);
    this.seat(this.addOrganization("Lighthouse Labs", mate, 90 * day), captain, "developer", 30 * day);
    const unknown = "Firefox 148 on Linux";
    this.sessions = [
      this.session("192.0.2.17", "Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0", 0, true),
      this.session("198.51.100.4", unknown, 3 * day),
      this.session("2001:db8:4:11::9c", "curl/8.14", 12 * day),
    ];
  }

  addPerson(name: string, email: string, more: Partial<Person> = {}): Person {
    const password = everybodysPassword;
    const person: Person = {
      id: newId(),
      name,
      email,
      password,
      totp: false,
      recent: true,
      recoveryCodes: [],
      platformAdmin: false,
      ...more,
    };
    this.persons.push(person);
    return person;
  }

  addOrganization(name: string, owner: Person, age = 0): Organization {
    const organization = { id: newId(), name, slug: slugOf(name) };
    this.organizations.push(organization);
    this.seat(organization, owner, "owner", age);
    return organization;
  }

  seat({ id: organizationId }: Organization, { id: userId }: Person, role: Role, age = 0) {
    this.seats.push({ organizationId, userId, role, createdAt: this.ago(age) });
  }

  person(email: string) {
    return this.persons.find((person) => person.email === email.trim().toLowerCase());
  }

  /** Takes a code of the app, or one of the recovery codes, which then counts no more. */
  takesCode(person: Person, code: string): boolean {
    const typed = code.replace(/[\s-]/g, "").toLowerCase();
    const kept = person.recoveryCodes.filter((each) => each.replaceAll("-", "") !== typed);
    const taken = typed === everybodysCode || kept.length < person.recoveryCodes.length;
    person.recoveryCodes = kept;
    return taken;
  }

  memberships(person: Person): Membership[] {
    return this.organizations.flatMap((organization) => {
      const seat = this.seats.find(
        ({ organizationId, userId }) => organizationId === organization.id && userId === person.id,
      );
      return seat ? [{ ...organization, role: seat.role }] : [];
    });
  }

  me({ person, organization, token }: Caller): Me {
    return {
      userId: person.id,
      email: person.email,
      displayName: person.name,
      platformAdmin: person.platformAdmin,
      hasPassword: person.password !== "",
      hasSecondFactor: person.totp,
      sessionId: this.sessions.find(({ current }) => current)?.id ?? null,
      token,
      organization: organization && {
        ...organization,
        grants: Object.fromEntries(
          this.grants
            .filter(
              ({ organizationId, userId }) => organizationId === organization.id && userId === person.id,
            )
            .map(({ serviceId, role }) => [serviceId, role]),
        ),
      },
    };
  }

  members(organizationId: string): Member[] {
    return this.seats
      .filter((seat) => seat.organizationId === organizationId)
      .flatMap(({ userId, role, createdAt }) => {
        const person = this.persons.find(({ id }) => id === userId);
        return person ? [{ userId, displayName: person.name, email: person.email, role, createdAt }] : [];
      });
  }

  grantsFor(organizationId: string, serviceId: string): Grant[] {
    return this.grants
      .filter((grant) => grant.organizationId === organizationId && grant.serviceId === serviceId)
      .flatMap(({ userId, role }) => {
        const person = this.persons.find(({ id }) => id === userId);
        return person
          ? [{ userId, displayName: person.name, email: person.email, role, createdAt: this.ago(0) }]
          : [];
      });
  }

  invite(organizationId: string, email: string, role: Role, by: string, age = 0): Owned<Invitation> {
    const invitation: Owned<Invitation> = {
      id: newId(),
      organizationId,
      email,
      role,
      invitedBy: by,
      expiresAt: this.ago(age - 7 * day),
      createdAt: this.ago(age),
    };
    this.invitations.unshift(invitation);
    return invitation;
  }

  addToken(
    organizationId: string,
    holder: Person,
    { name, scope, serviceId, expiresInDays }: TokenRequest,
    age = 0,
  ): Owned<ApiToken> {
    const token = {
      id: newId(),
      organizationId,
      name,
      scope,
      serviceId: serviceId ?? null,
      prefix: `berth_${hex(4)}`,
      userId: holder.id,
      email: holder.email,
      expiresAt: expiresInDays ? this.ago(-expiresInDays * day) : null,
      lastUsedAt: age > 0 ? this.ago(age / 40) : null,
      createdAt: this.ago(age),
    };
    this.tokens.unshift(token);
    return token;
  }

  private session(address: string, userAgent: string, age: number, current = false): Session {
    return {
      id: newId(),
      address,
      userAgent,
      current,
      tokenId: null,
      lastUsedAt: this.ago(age),
      expiresAt: this.ago(age - 30 * day),
      createdAt: this.ago(age + day),
    };
  }

  private ago(age: number) {
    return new Date(this.now() - age).toISOString();
  }
}

export interface TokenRequest {
  name: string;
  scope: Scope;
  serviceId?: string;
  expiresInDays?: number;
}
