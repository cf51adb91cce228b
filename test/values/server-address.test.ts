import { describe, expect, it } from '@jest/globals';
import { readAddress } from '../../src/values/server-address.ts';

describe("a company's url", () => {
  it('is read with its port and options, and with what they are when they are not given', () => {
    expect(readAddress('mssql://reader:secret@erp.example/CDN')).toEqual({
      server: 'erp.example',
      port: 1433,
      user: 'reader',
      password: 'secret',
      database: 'CDN',
      encrypt: true,
      trustServerCertificate: false,
      ca: undefined,
    });
    expect(
      readAddress('mssql://reader:secret@[::1]:14433/CDN?encrypt=false&trustServerCertificate=true'),
    ).toMatchObject({ server: '::1', port: 14433, encrypt: false, trustServerCertificate: true });
  });

  it('has any sign in names and password, written as %…', () => {
    const signs = 'a/b@c#d?e%f:g h&ż';
    const written = encodeURIComponent(signs);
    expect(readAddress(`mssql://${written}:${written}@erp/${written}`)).toMatchObject({
      user: signs,
      password: signs,
      database: signs,
    });
  });

  it.each([
    ['mssql://k:12/SECRET@127.0.0.1:14433/obuwie', 'names no user'],
    ['mssql://k@SECRET:12/SECRET@127.0.0.1:14433/obuwie', 'has a / or @ in its database'],
    ['mssql://k:12?SECRET@127.0.0.1/obuwie', 'names no user'],
    ['mssql://k:1@SECRET/db?SECRET@127.0.0.1/obuwie', 'has an option that is not known'],
    ['mssql://k:12#SECRET@127.0.0.1/obuwie', 'has a # in it'],
    ['mssql://k:SECRET/12@127.0.0.1/obuwie', 'has a port that is no whole number'],
    ['mssql://k:100%SECRET@erp/obuwie', 'has a % that is followed by no two digits'],
    ['mssql://k:SECRET@erp/obu%wie', 'has a % that is followed by no two digits'],
    ['mssql://k:SEC RET@erp/obuwie', 'has a blank'],
    ['mssql://k:SECRET@erp/obuwie\n', 'has a blank or a line end'],
    ['mssql://:SECRET@erp/obuwie', 'names no user'],
    ['mssql://erp/obuwie', 'names no user'],
    ['mssql://k:SECRET@erp', 'names no database'],
    ['mssql://k:SECRET@erp/?encrypt=true', 'names no database'],
    ['mssql://k:SECRET@erp/obuwie/', 'has a / or @ in its database'],
    ['mssql://k:SECRET@erp/obuwie/dbo', 'has a / or @ in its database'],
    ['mssql:///obuwie', 'names no host'],
    ['mssql://k:SECRET@/obuwie', 'is no mssql://user:password@host:port/database'],
    ['mssql://k:SECRET@[::1/obuwie', 'is no mssql://user:password@host:port/database'],
    ['mssql://k:SECRET@erp:0/obuwie', 'has a port that'],
    ['mssql://k:SECRET@erp:65536/obuwie', 'has a port that'],
    ['mssql://k:SECRET@erp:-1/obuwie', 'has a port that'],
    ['mssql://k:SECRET@erp:1433,2/obuwie', 'has a port that'],
    ['mssql:k:SECRET@erp/obuwie', 'begins with mssql://'],
    ['postgres://k:SECRET@erp/obuwie', 'begins with mssql://'],
    ['', 'begins with mssql://'],
    ['mssql://k:SECRET@erp/obuwie?Encrypt=false', 'has an option that is not known'],
    ['mssql://k:SECRET@erp/obuwie?trustservercertificate=true', 'in these very letters'],
    ['mssql://k:SECRET@erp/obuwie?encrypt=true&SECRET', 'has an option that is not known'],
    ['mssql://k:SECRET@erp/obuwie?encrypt=true&encrypt=false', 'gives an option twice'],
    ['mssql://k:SECRET@erp/obuwie?encrypt=SECRET', 'is true or false'],
    ['mssql://k:SECRET@erp/obuwie?encrypt', 'is true or false'],
    ['mssql://k:SECRET@erp/obuwie?ca=/nowhere/root.pem', 'names a file by ca that cannot be read'],
    [
      `mssql://k:SECRET@erp/obuwie?encrypt=false&ca=${import.meta.filename}`,
      'counts only where it is encrypted',
    ],
    [
      `mssql://k:SECRET@erp/obuwie?trustServerCertificate=true&ca=${import.meta.filename}`,
      'counts only where',
    ],
  ])('%s is refused, and no part of it is told', (url, fault) => {
    const thrown = thrownBy(() => readAddress(url));
    expect(thrown).toBeInstanceOf(RangeError);
    expect(thrown).toHaveProperty('message', expect.stringContaining(fault));
    expect(`${String(thrown)} ${JSON.stringify(thrown)}`).not.toContain('SECRET');
    expect(thrown).not.toHaveProperty('cause');
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (fault) {
    return fault;
  }
  throw new Error('nothing was thrown');
}
