/** Zip archives of stored entries, such as office documents are: just enough for what reads their beginning. */
import { crc32 } from 'node:zlib';

export function zipOf(entries: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(entries)) {
    const content = Buffer.from(text);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), content]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06'), end]);
}

const part = 'application/vnd.openxmlformats-officedocument';
const contentTypes = (kind: string): string =>
  `<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="${part}.${kind}.main+xml"/></Types>`;

export const docxBytes = (): Buffer =>
  zipOf({
    '[Content_Types].xml': contentTypes('wordprocessingml.document'),
    'word/document.xml': '<w:document/>',
  });
/** As LibreOffice orders it. */
export const xlsxBytes = (): Buffer =>
  zipOf({
    '_rels/.rels': '<Relationships/>',
    'xl/workbook.xml': '<workbook/>',
    '[Content_Types].xml': contentTypes('spreadsheetml.sheet'),
  });
