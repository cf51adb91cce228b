/**
 * Which address a request comes from. What a request says of itself, in X-Forwarded-For, counts only as far as the proxies that the
 * settings name have written it: each is believed what it says of the one before.
 */
import { BlockList, isIP, isIPv4 } from 'node:net';
import type { IncomingMessage } from 'node:http';

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Of a socket that listens for both families, IPv4 looks like `::ffff:10.0.0.1`; proxies may add a port. */
const bare = (text: string): string =>
  text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '');

export type AddressOf = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string;

export function addressesBehind(trustedProxies: readonly string[]): AddressOf {
  const trusted = listOf(trustedProxies);
  const isTrusted = (address: string): boolean =>
    trustedProxies.length > 0 && trusted.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  return ({ headers, socket }) => {
    let address = bare(socket.remoteAddress ?? '');
    if (isIP(address) === 0) return 'unknown';
    const told = String(headers['x-forwarded-for'] ?? '').split(',');
    while (isTrusted(address)) {
      const before = bare(told.pop() ?? '');
      if (isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

/** One line of IPv6 has as many addresses as it likes in its own network of 64 bits. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [before = '', behind = ''] = address.split('%')[0]?.split('::') ?? [];
  const head = before.split(':').filter((group) => group !== '');
  const tail = behind.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const groups = address.includes('::') ? [...head, ...zeros, ...tail] : head;
  return `${groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
