/** URL access of the double: what is asked of it taken apart, checked as the report server checks it, and answered with bytes or a page. */
import { doubleItems, renderedBytes, type DoubleParameter } from './reports.ts';
import { errorPage } from './error-pages.ts';

export interface Asked {
  readonly path: string;
  readonly method: string;
  /** With the prefixes rs:, rc: and the like. */
  readonly commands: ReadonlyMap<string, string>;
  readonly values: readonly (readonly [name: string, value: string | null])[];
  /** Of Accept-Language. */
  readonly language: string;
}

export interface Written {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

const decoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

export function askedOf(query: string, form: string, method: string, language: string): Asked {
  const [path = '', ...inQuery] = query.split('&');
  const commands = new Map<string, string>();
  const values: [string, string | null][] = [];
  for (const pair of [...inQuery, ...(form === '' ? [] : form.split('&'))]) {
    const at = pair.indexOf('=');
    const name = decoded(pair.slice(0, at));
    const value = decoded(pair.slice(at + 1));
    if (/^(rs|rc|rv|dsu|dsp):/i.test(name)) commands.set(name, value);
    else if (/:isnull$/i.test(name)) values.push([name.slice(0, name.indexOf(':')), null]);
    else values.push([name, value]);
  }
  return { path: decoded(path), method, commands, values, language };
}

const types: Readonly<Record<string, string>> = {
  PDF: 'application/pdf',
  EXCELOPENXML: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  WORDOPENXML: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  CSV: 'text/csv',
  XML: 'text/xml',
  MHTML: 'multipart/related',
};

export const failed = (...lines: readonly string[]): Written => ({
  status: 500,
  type: 'text/html; charset=utf-8',
  body: Buffer.from(errorPage(...lines)),
});

export const itemMissing = (path: string) =>
  failed(`Nie można odnaleźć elementu '${path}'. (rsItemNotFound)`);
export const valueMissing = (name: string) =>
  failed(`Parametrowi raportu '${name}' brak wartości. (rsReportParameterValueNotSet)`);
export const valueWrong = (name: string) =>
  failed(
    `Wartość parametru raportu '${name}' jest nieprawidłowa dla jego typu. (rsReportParameterTypeMismatch)`,
  );

/** As the culture of the parameters writes them: a comma in a Polish number, never a point. */
function fits(type: DoubleParameter['type'], value: string, culture: string): boolean {
  const point = culture.toLowerCase().startsWith('en') ? '\\.' : ',';
  if (type === 'Integer') return /^[+-]?\d{1,10}$/.test(value);
  if (type === 'Float') return new RegExp(`^-?\\d+(${point}\\d+)?$`).test(value);
  if (type === 'Boolean') return /^(true|false)$/i.test(value);
  if (type === 'DateTime') return /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?)?$/.test(value);
  return true;
}

function faultOf(asked: Asked, parameters: readonly DoubleParameter[]): Written | undefined {
  const culture = asked.commands.get('rs:ParameterLanguage') ?? asked.language;
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  for (const [name, value] of asked.values) {
    const parameter = byName.get(name);
    if (parameter === undefined)
      return failed(`Raport nie ma parametru '${name}'. (rsUnknownReportParameter)`);
    if (parameter.visibility === 'Internal')
      return failed(`Parametr raportu '${name}' jest tylko do odczytu. (rsReadOnlyReportParameter)`);
    if (value === null ? !parameter.nullable : !fits(parameter.type, value, culture)) return valueWrong(name);
    if (parameter.choices && value !== null && !parameter.choices.some((choice) => choice.Value === value))
      return failed(`Wartość parametru '${name}' nie jest dozwolona. (rsInvalidReportParameter)`);
    const given = asked.values.filter(([other]) => other === name).length;
    if (given > 1 && !parameter.multiple) return valueWrong(name);
  }
  const missing = parameters.find(
    ({ name, defaults }) => defaults === undefined && !asked.values.some(([given]) => given === name),
  );
  return missing && valueMissing(missing.name);
}

export function written(asked: Asked): Written {
  const item = doubleItems.find(({ path }) => path.toLowerCase() === asked.path.toLowerCase());
  if (item === undefined) return itemMissing(asked.path);
  if (item.type === 'DataSource') return failed('Zły typ elementu. (rsWrongItemType)');
  const fault = faultOf(asked, item.parameters ?? []);
  if (fault) return fault;
  const format = asked.commands.get('rs:Format') ?? 'HTML5';
  const type = types[format];
  if (type === undefined) return failed(`Nie ma rozszerzenia ${format}. (rsRenderingExtensionNotFound)`);
  return { status: 200, type, body: renderedBytes(item.path, format, asked.language, asked.values) };
}
