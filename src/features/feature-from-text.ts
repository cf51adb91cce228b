/** The value of a feature as it is written in a cell of a spreadsheet. Whether it fits the definition is asked when it is written. */
import type { FeatureValueInput } from '../values/feature-value.ts';
import type { FeatureDefinitionRow } from './definition.read.ts';
import { FeatureKind } from './feature-kind.ts';

interface Unreadable {
  readonly code: string;
  readonly message: string;
}

const unreadable = (message: string): Unreadable => ({ code: 'VALUE', message });

/** As Polish spreadsheets write numbers: blanks between thousands, a comma before the fraction. */
const plainNumber = (text: string): string => text.replaceAll(/[\s\u00a0]/g, '').replace(',', '.');

function dayOf(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})[.-](\d{1,2})[.-](\d{4})$/.exec(text) ?? [];
  const iso = year === undefined ? text : `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(iso) && new Date(`${iso}T00:00:00Z`).toJSON()?.startsWith(iso);
  return isDay ? iso : undefined;
}

const yes = new Set(['tak', 'true', '1', 'yes', 't', 'y']);
const no = new Set(['nie', 'false', '0', 'no', 'n']);

/** Keys of choices, or their names. */
function choicesOf({ choices }: FeatureDefinitionRow, text: string): string[] {
  return text.split('|').map((part) => {
    const written = part.trim();
    const found = choices.find(
      ({ key, name }) => key === written || name.toLowerCase() === written.toLowerCase(),
    );
    return found?.key ?? written;
  });
}

export function featureFromText(
  definition: FeatureDefinitionRow,
  text: string,
): FeatureValueInput | Unreadable {
  const { key, kind } = definition;
  switch (kind) {
    case FeatureKind.TEXT:
    case FeatureKind.LONG_TEXT:
    case FeatureKind.LINK:
      return { key, text };
    case FeatureKind.INTEGER: {
      const number = plainNumber(text);
      const fits = /^-?\d{1,10}$/.test(number) && Math.abs(Number(number)) < 2 ** 31;
      return fits ? { key, integer: Number(number) } : unreadable('is no whole number');
    }
    case FeatureKind.DECIMAL: {
      const number = plainNumber(text);
      return /^-?\d{1,15}(\.\d{1,15})?$/.test(number) ? { key, decimal: number } : unreadable('is no number');
    }
    case FeatureKind.BOOLEAN: {
      const word = text.toLowerCase();
      if (yes.has(word)) return { key, boolean: true };
      return no.has(word) ? { key, boolean: false } : unreadable('is neither tak nor nie');
    }
    case FeatureKind.DATE: {
      const date = dayOf(text);
      return date === undefined ? unreadable('is no day: write 2026-12-31 or 31.12.2026') : { key, date };
    }
    case FeatureKind.CHOICE:
    case FeatureKind.MULTI_CHOICE:
      return { key, choices: choicesOf(definition, text) };
  }
}
