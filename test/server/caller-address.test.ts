import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { addressesBehind, networkOf } from '../../src/server/limits/caller-address.ts';

const told = (trusted: readonly string[], remoteAddress: string, forwarded?: string): string =>
  addressesBehind(trusted)({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress } as IncomingMessage['socket'],
  });

describe('the address a request comes from', () => {
  it.each([
    ['nobody is trusted', [], '192.0.2.1', '203.0.113.5', '192.0.2.1'],
    ['a proxy tells', ['192.0.2.1'], '192.0.2.1', '203.0.113.5', '203.0.113.5'],
    ['one of a network tells', ['192.0.2.0/24'], '192.0.2.99', '203.0.113.5', '203.0.113.5'],
    [
      'IPv4 comes over a socket for both',
      ['192.0.2.0/24'],
      '::ffff:192.0.2.99',
      '203.0.113.5',
      '203.0.113.5',
    ],
    [
      'one proxy stands behind another',
      ['192.0.2.0/24'],
      '192.0.2.1',
      '203.0.113.5, 192.0.2.2',
      '203.0.113.5',
    ],
    [
      'the caller claims to be another',
      ['192.0.2.1'],
      '192.0.2.1',
      '198.51.100.1, 203.0.113.5',
      '203.0.113.5',
    ],
    ['a proxy tells nonsense', ['192.0.2.1'], '192.0.2.1', 'unknown', '192.0.2.1'],
    ['a proxy tells nothing', ['192.0.2.1'], '192.0.2.1', undefined, '192.0.2.1'],
    ['a port is told, too', ['192.0.2.1'], '192.0.2.1', '203.0.113.5:4711', '203.0.113.5'],
    ['IPv6 is told with a port', ['fd00::/8'], 'fd00::1', '[2001:db8::5]:4711', '2001:db8::5'],
    ['all are proxies', ['192.0.2.0/24'], '192.0.2.1', '192.0.2.7', '192.0.2.7'],
  ])('is the right one where %s', (_case, trusted, remote, forwarded, expected) => {
    expect(told(trusted, remote, forwarded)).toBe(expected);
  });
});

describe('a line of its own', () => {
  it.each([
    ['203.0.113.5', '203.0.113.5'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('has the address %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
