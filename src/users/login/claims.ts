/** What the claims of a token that is valid tell of its user. */
import type { JWTPayload } from 'jose';
import type { LoginConfig } from '../../login-config.ts';
import { Refused } from './refused.ts';

/** A user as the login tells them. */
export interface Told {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
  /** Names of roles, each once and in order; those that are no roles here left out. */
  readonly roles: readonly string[];
  /** When it was told. */
  readonly at: Date;
}

/** Dots lead into objects, and may as well be part of a name, as in `https://firma.example/roles`. */
function claimAt(claims: unknown, path: string): unknown {
  if (typeof claims !== 'object' || claims === null) return undefined;
  const own = Object.entries(claims);
  const whole = own.find(([name]) => name === path);
  if (whole) return whole[1];
  const within = own.filter(([name]) => path.startsWith(`${name}.`));
  return within
    .map(([name, inner]) => claimAt(inner, path.slice(name.length + 1)))
    .find((value) => value !== undefined);
}

/** Names are shown and kept as text: nothing else may come in by them. */
function textAt(claims: JWTPayload, path: string, longest: number): string | null {
  const value = claimAt(claims, path);
  if (typeof value !== 'string') return null;
  const plain = value
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .trim();
  return plain === '' ? null : [...plain].slice(0, longest).join('');
}

/** Who somebody is must never be cut or mended into who somebody else is. */
function subjectAt(claims: JWTPayload, path: string): string {
  const value = claimAt(claims, path);
  const isPlain = typeof value === 'string' && value.isWellFormed() && !/\p{Cc}/u.test(value);
  if (!isPlain || value === '' || value.length > 255) throw new Refused('CLAIMS');
  return value;
}

function wordsAt(claims: JWTPayload, path: string): readonly unknown[] {
  const value = claimAt(claims, path);
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(/[\s,]+/) : [];
}

/** Of the year 9999: beyond it no database and no page knows a time. */
const lastSecond = 253_402_300_799;

/** Throws Refused where they do not tell who it is. */
export function toldBy(claims: JWTPayload, config: LoginConfig): Told {
  const { issuer, roleOfClaim } = config;
  const subject = subjectAt(claims, config.claims.user);
  const roles = wordsAt(claims, config.claims.roles).flatMap((word) =>
    typeof word === 'string' && Object.hasOwn(roleOfClaim, word) ? (roleOfClaim[word] ?? []) : [],
  );
  // Whoever makes no mark of when it was made marks at least when it ends, and later ones end later.
  const seconds = claims.iat ?? claims.exp ?? 0;
  if (!(seconds >= 0 && seconds <= lastSecond)) throw new Refused('CLAIMS');
  return {
    issuer,
    subject,
    name: textAt(claims, config.claims.name, 200) ?? subject,
    email: textAt(claims, config.claims.email, 250),
    roles: [...new Set(roles)].sort(),
    at: new Date(seconds * 1_000),
  };
}
