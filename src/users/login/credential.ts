/**
 * What a request shows to prove who asks: one bearer token in its header, or nothing. Reporting tools know but a name and a password: where
 * records are only read, an API key comes as that password too. Elsewhere it does not, for browsers send passwords by themselves.
 */
import type { IncomingMessage } from 'node:http';
import { isApiKey } from '../api-keys/secret.ts';
import { Refused } from './refused.ts';

/** Addresses are kept in histories and logs of proxies: what comes so is known to others, and is refused whatever it is. */
const namesInAddress = ['access_token', 'id_token', 'token', 'bearer', 'authorization', 'api_key', 'apikey'];

/** Longer ones no login makes; the door takes 16 KiB of headers in all. */
const longest = 12_288;

const bearerForm = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

const basicForm = /^basic +([A-Za-z0-9+/]+=*)$/i;
const basicAddresses = /^\/(odata|export)(\/|\?|$)/;

/** The key that is a password, whatever the name before it. */
function keyInPassword({ url = '' }: IncomingMessage, authorization: string): string | undefined {
  const encoded = basicForm.exec(authorization)?.[1];
  if (encoded === undefined || !basicAddresses.test(url)) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const password = colon < 0 ? '' : text.slice(colon + 1);
  return isApiKey(password) ? password : undefined;
}

function isInAddress({ url = '' }: IncomingMessage): boolean {
  const question = url.indexOf('?');
  if (question < 0) return false;
  const names = [...new URLSearchParams(url.slice(question)).keys()].map((name) => name.toLowerCase());
  return namesInAddress.some((name) => names.includes(name));
}

/** Node keeps the first of several such headers and says nothing; a proxy before it may have looked at another. */
const timesSent = ({ rawHeaders }: IncomingMessage): number =>
  rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === 'authorization').length;

/** Undefined where nothing is shown. Throws Refused. */
export function credentialOf(request: IncomingMessage): string | undefined {
  if (isInAddress(request)) throw new Refused('TOKEN_IN_ADDRESS');
  const times = timesSent(request);
  if (times > 1) throw new Refused('SEVERAL_CREDENTIALS');
  const { authorization } = request.headers;
  if (times === 0 || authorization === undefined) return undefined;
  if (authorization.length > longest) throw new Refused('TOO_LONG');
  const credential = bearerForm.exec(authorization)?.[1] ?? keyInPassword(request, authorization);
  if (credential === undefined) throw new Refused('NO_BEARER');
  return credential;
}
