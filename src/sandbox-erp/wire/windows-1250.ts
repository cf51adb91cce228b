/** The code page of Polish_CI_AS. Node decodes it but does not encode it; the table is turned round once. */
const decoder = new TextDecoder('windows-1250');
const characters = decoder.decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
const byteOf = new Map(Array.from(characters, (character, byte) => [character.charCodeAt(0), byte]));
const QUESTION_MARK = 0x3f;

/** As SQL Server does it: one byte for each UTF-16 unit, a question mark for what the code page lacks. */
export const encodeWindows1250 = (text: string): Buffer => {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let index = 0; index < text.length; index += 1) {
    bytes[index] = byteOf.get(text.charCodeAt(index)) ?? QUESTION_MARK;
  }
  return bytes;
};

export const decodeWindows1250 = (bytes: Buffer): string => decoder.decode(bytes);

/** Polish_CI_AS as five bytes: language 0x0415, ignoring case, kana and width but not accents, no sort id (a Windows collation). */
export const POLISH_CI_AS = Buffer.from([0x15, 0x04, 0xd0, 0x00, 0x00]);
