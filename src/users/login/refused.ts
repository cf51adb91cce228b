/** Why a sign-in is refused: for the log and the change log, never for the caller. */
export type Reason =
  | 'TOKEN_IN_ADDRESS'
  | 'SEVERAL_CREDENTIALS'
  | 'NO_BEARER'
  | 'TOO_LONG'
  | 'NO_LOGIN_CONFIGURED'
  | 'NOT_A_TOKEN'
  | 'ALGORITHM'
  | 'UNKNOWN_KEY'
  | 'SIGNATURE'
  | 'UNUSABLE_KEY'
  | 'TYPE'
  | 'ISSUER'
  | 'AUDIENCE'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'CLAIMS'
  | 'USER_INACTIVE'
  /** The credentials are good; the roles that they tell of permit nothing here. */
  | 'NOTHING_PERMITTED'
  | 'API_KEY_UNKNOWN'
  | 'API_KEY_EXPIRED'
  | 'API_KEY_REVOKED'
  | 'API_KEY_OF_INACTIVE_USER';

/** Whose credentials they were, where that is certain. */
export interface KnownAs {
  /** Bare key of the user. */
  readonly userKey: string;
  readonly name: string;
}

export class Refused extends Error {
  constructor(
    readonly reason: Reason,
    readonly knownAs?: KnownAs,
  ) {
    super(`sign-in refused: ${reason}`);
  }
}
