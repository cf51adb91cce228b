import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanFileName } from '../../src/clients/attachments/file-name.ts';
import { contentDisposition } from '../../src/server/http/file-answer.ts';

it.each([
  ['Umowa.pdf', 'Umowa.pdf'],
  ['../../../etc/passwd', 'passwd'],
  ['..\\..\\boot.ini', 'boot.ini'],
  ['/', undefined],
  ['...', undefined],
  ['', undefined],
  ['\u0000\u001f\u007f', undefined],
  ['a\u0000b\r\nc.pdf', 'abc.pdf'],
  ['.ukryty', 'ukryty'],
  ['koniec. ', 'koniec'],
  ['\ud800.pdf', '\ufffd.pdf'],
])('%j is called %j', (given, called) => {
  expect(cleanFileName(given)).toBe(called);
});

it('any name becomes one that is safe on a disk and in a header, or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 250 }), (given) => {
      const name = cleanFileName(given);
      if (name === undefined) return;
      expect([...name].length).toBeLessThanOrEqual(200);
      expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}]|^\.|\.$/u);
      expect(cleanFileName(name)).toBe(name);
      const header = contentDisposition(name, 'application/zip');
      expect(header).toMatch(
        /^attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w.~!#$&+^`|%-]+$/,
      );
      expect(decodeURIComponent(header.replace(/.*''/, ''))).toBe(name);
    }),
    { numRuns: 300 },
  );
});
