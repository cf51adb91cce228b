/** What we say to be let in: Basic with every request, or the two messages of NTLM, once for each connection. */
import ntlm from '@node-ntlm/core';
import type { SsrsConfig } from '../../ssrs-config.ts';
import { ReportServerUnavailable } from './ssrs-errors.ts';

export type Login = Pick<SsrsConfig, 'login' | 'user' | 'domain' | 'password'>;

export const basicLogin = ({ user, password }: Login): string =>
  `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;

/** The first message: who comes. */
export const ntlmHello = ({ domain }: Login): string => ntlm.createType1Message({ domain, workstation: '' });

const extendedSecurity = 0x80000;

/**
 * The third message: the proof that we know the password, for the challenge in `WWW-Authenticate`. A challenge that could only be
 * answered by NTLMv1 is not answered at all: its answer gives the password away to whoever listens.
 */
export function ntlmProof({ domain, user, password }: Login, challenged: string | undefined): string {
  const challenge = challengeIn(challenged);
  if ((challenge.negotiateFlags & extendedSecurity) === 0 || !challenge.targetInfo?.length)
    throw new ReportServerUnavailable('LOGIN_REFUSED', new Error('the server asks for NTLMv1'));
  return ntlm.createType3Message(challenge, { domain, username: user, password, workstation: '' });
}

function challengeIn(challenged: string | undefined): ReturnType<typeof ntlm.parseType2Message> {
  try {
    const message = ntlm.extractNtlmMessageFromAuthenticateHeader(challenged);
    return ntlm.parseType2Message(message ?? '');
  } catch (cause) {
    throw new ReportServerUnavailable('LOGIN_REFUSED', cause);
  }
}
