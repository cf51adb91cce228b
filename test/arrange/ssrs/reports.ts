/** What lies on the double: folders, reports with their parameters, and the bytes that each report is written as. */
import { createHash } from 'node:crypto';

type DoubleType = 'String' | 'Integer' | 'Float' | 'Boolean' | 'DateTime';

export interface DoubleParameter {
  readonly name: string;
  readonly type: DoubleType;
  readonly prompt?: string;
  readonly visibility?: 'Visible' | 'Hidden' | 'Internal';
  readonly multiple?: boolean;
  readonly nullable?: boolean;
  readonly blank?: boolean;
  readonly defaults?: readonly string[];
  readonly choices?: readonly { readonly Label: string; readonly Value: string }[];
}

export interface DoubleItem {
  readonly path: string;
  readonly type: 'Folder' | 'Report' | 'LinkedReport' | 'DataSource' | 'PowerBIReport';
  readonly description?: string;
  readonly hidden?: boolean;
  readonly parameters?: readonly DoubleParameter[];
  /** Of what it is written as. */
  readonly bytes?: number;
}

export const turnover = '/Sprzedaż/Obrót & marża klienta';
export const open = '/Sprzedaż/Rozrachunki/Nierozliczone';
export const large = '/Sprzedaż/Kartoteka obrotów';

const statusChoices = [
  { Label: 'Otwarte', Value: 'O' },
  { Label: 'Zamknięte', Value: 'Z' },
  { Label: 'Sporne', Value: 'S' },
];

const turnoverParameters: readonly DoubleParameter[] = [
  { name: 'KlientId', type: 'Integer', prompt: 'Klient' },
  { name: 'NIP', type: 'String', prompt: 'NIP', nullable: true },
  { name: 'Od', type: 'DateTime', prompt: 'Od dnia', defaults: ['2026-01-01T00:00:00.0000000'] },
  { name: 'Prog', type: 'Float', prompt: 'Próg', defaults: ['0'] },
  { name: 'ZKorektami', type: 'Boolean', prompt: 'Z korektami', defaults: ['True'] },
  {
    name: 'Status',
    type: 'String',
    prompt: 'Status',
    multiple: true,
    defaults: ['O'],
    choices: statusChoices,
  },
  { name: 'Uwaga', type: 'String', prompt: 'Uwaga', blank: true, defaults: [''] },
  { name: 'Schemat', type: 'String', visibility: 'Internal', defaults: ['CDN'] },
  { name: 'Źródło', type: 'String', visibility: 'Hidden', defaults: ['XL'] },
];

export const doubleItems: readonly DoubleItem[] = [
  { path: '/Sprzedaż', type: 'Folder' },
  {
    path: turnover,
    type: 'Report',
    description: 'Obrót i marża, miesiąc po miesiącu',
    parameters: turnoverParameters,
  },
  { path: large, type: 'Report', bytes: 6_000_000 },
  { path: '/Sprzedaż/Ukryty', type: 'Report', hidden: true },
  { path: '/Sprzedaż/Hurtownia', type: 'DataSource' },
  { path: '/Sprzedaż/Pulpit', type: 'PowerBIReport' },
  { path: '/Sprzedaż/Rozrachunki', type: 'Folder' },
  {
    path: open,
    type: 'LinkedReport',
    parameters: [{ name: 'Dni', type: 'Integer', prompt: 'Po ilu dniach', defaults: ['30'] }],
  },
  { path: '/Sprzedaż/Zarząd', type: 'Folder' },
  { path: '/Sprzedaż/Zarządzanie', type: 'Report' },
  { path: "/Sprzedaż/Zarząd/Plan 'A'", type: 'Report' },
  { path: '/Sprzedaż/Schowek', type: 'Folder', hidden: true },
  { path: '/Sprzedaż/Schowek/Stary', type: 'Report' },
  { path: '/SprzedażKrajowa', type: 'Folder' },
  { path: '/SprzedażKrajowa/Tajne', type: 'Report' },
];

export const idOf = (path: string): string => {
  const hex = createHash('sha256').update(path).digest('hex');
  return [8, 12, 16, 20, 32].map((end, at, ends) => hex.slice(ends[at - 1] ?? 0, end)).join('-');
};

/** The same for the same question, and different where any part of it differs. */
export function renderedBytes(
  path: string,
  format: string,
  language: string,
  values: readonly (readonly [name: string, value: string | null])[],
): Buffer {
  const size = doubleItems.find((item) => item.path === path)?.bytes ?? 20_000;
  const sorted = [...values].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  const seed = JSON.stringify([path, format, language, sorted]);
  const block = createHash('sha512').update(seed).digest();
  const blocks = Array.from({ length: Math.ceil(size / 64) }, (_, at) => {
    const numbered = Buffer.from(block);
    numbered.writeUInt32LE(at, 0);
    return numbered;
  });
  return Buffer.concat([Buffer.from(`%${format}\n`), ...blocks]).subarray(0, size);
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
