/**
 * The server's side of NTLM, written from the protocol's description ([MS-NLMP]) and not from the library that the service logs in
 * with: a challenge, and the proof that whoever answers it knows the password. NTLMv1 is refused, as well-kept domains do.
 */
import { createHmac, randomBytes } from 'node:crypto';

export interface Account {
  readonly domain: string;
  readonly user: string;
  readonly password: string;
  /** MD4 of the password in UTF-16LE, which is all that a domain controller keeps; made beforehand by another's hand. */
  readonly ntHash: string;
}

export interface Challenge {
  readonly serverChallenge: Buffer;
  readonly targetInfo: Buffer;
}

const signature = Buffer.from('NTLMSSP\0', 'ascii');
// Unicode, target asked for, NTLM, always sign, domain, extended security, target info, version, 128, 56.
const challengeFlags = 0xa2898205;

const pair = (id: number, text: string): Buffer => {
  const value = Buffer.from(text, 'utf16le');
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
};

export function newChallenge(domain: string): Challenge {
  const targetInfo = Buffer.concat([
    pair(2, domain),
    pair(1, 'REPORTS'),
    pair(4, 'firma.example'),
    pair(3, 'reports.firma.example'),
    Buffer.alloc(4),
  ]);
  return { serverChallenge: randomBytes(8), targetInfo };
}

export function challengeMessage({ serverChallenge, targetInfo }: Challenge, domain: string): string {
  const target = Buffer.from(domain, 'utf16le');
  const head = Buffer.alloc(56);
  signature.copy(head);
  head.writeUInt32LE(2, 8);
  head.writeUInt16LE(target.length, 12);
  head.writeUInt16LE(target.length, 14);
  head.writeUInt32LE(56, 16);
  head.writeUInt32LE(challengeFlags, 20);
  serverChallenge.copy(head, 24);
  head.writeUInt16LE(targetInfo.length, 40);
  head.writeUInt16LE(targetInfo.length, 42);
  head.writeUInt32LE(56 + target.length, 44);
  Buffer.from([10, 0, 0x63, 0x45, 0, 0, 0, 15]).copy(head, 48);
  return Buffer.concat([head, target, targetInfo]).toString('base64');
}

/** 1, 2 or 3; undefined for what is no NTLM at all. */
export function messageType(message: Buffer): number | undefined {
  return message.length >= 12 && message.subarray(0, 8).equals(signature)
    ? message.readUInt32LE(8)
    : undefined;
}

function field(message: Buffer, at: number): Buffer {
  const offset = message.readUInt32LE(at + 4);
  return message.subarray(offset, offset + message.readUInt16LE(at));
}

const keyed = (key: Buffer, ...parts: readonly Buffer[]): Buffer =>
  createHmac('md5', key).update(Buffer.concat(parts)).digest();

/** Whether the third message proves the account's password for this very challenge. */
export function provesPassword(message: Buffer, challenge: Challenge, account: Account): boolean {
  const answer = field(message, 20);
  const domain = field(message, 28).toString('utf16le');
  const user = field(message, 36).toString('utf16le');
  if (user.toUpperCase() !== account.user.toUpperCase()) return false;
  if (domain.toUpperCase() !== account.domain.toUpperCase()) return false;
  // 24 bytes would be NTLMv1.
  if (answer.length <= 24) return false;
  const proof = answer.subarray(0, 16);
  const blob = answer.subarray(16);
  const info = blob.subarray(28, 28 + challenge.targetInfo.length);
  if (!info.equals(challenge.targetInfo)) return false;
  const key = keyed(
    Buffer.from(account.ntHash, 'hex'),
    Buffer.from(`${account.user.toUpperCase()}${domain}`, 'utf16le'),
  );
  return keyed(key, challenge.serverChallenge, blob).equals(proof);
}
