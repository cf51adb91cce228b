/** Certificates for tests, made in a moment: an authority of one's own, and servers it vouches for. */
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** DER: a tag, a length, and what is in it. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const yes = der(0x01, Buffer.from([255]));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const nameOf = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));
const instant = (year: number): Buffer => der(0x18, Buffer.from(`${year}0101000000Z`));
const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  sequence(oid(id), ...(critical ? [yes] : []), der(0x04, value));

interface Wish {
  readonly subject: string;
  readonly issuer: string;
  readonly extensions: readonly Buffer[];
}

function make({ subject, issuer, extensions }: Wish, publicKey: KeyObject, signingKey: KeyObject): string {
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    nameOf(issuer),
    sequence(instant(2020), instant(2120)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, signingKey));
  const text = sequence(body, ecdsaWithSha256, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${text.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

export interface Authority {
  readonly certificate: string;
  /** For a server of that name, or at that IPv4 address. */
  vouchFor(name: string): Certificate;
}

export function newAuthority(issuer: string): Authority {
  const { publicKey, privateKey } = newKeys();
  const isAuthority = extension('551d13', true, sequence(yes));
  return {
    certificate: make({ subject: issuer, issuer, extensions: [isAuthority] }, publicKey, privateKey),
    vouchFor: (name) => {
      const keys = newKeys();
      const isAddress = /^[\d.]+$/.test(name);
      const called = isAddress
        ? der(0x87, Buffer.from(name.split('.').map(Number)))
        : der(0x82, Buffer.from(name));
      const extensions = [extension('551d11', false, sequence(called))];
      return {
        certificate: make({ subject: name, issuer, extensions }, keys.publicKey, privateKey),
        key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}
