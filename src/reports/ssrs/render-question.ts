/**
 * URL access: a report's path, commands to the server and values of parameters, as one address, or as a form where the address would be
 * long. Names and values are escaped, and names are those of parameters only, so that no value can become a command.
 */
import type { Question } from './connection.ts';
import { formatOf, type SsrsFormat } from './formats.ts';
import type { SentValue } from './parameter-values.ts';

/** Values are written for it whatever reports are shown in: else a comma or a point means what the server's or our language says. */
const parameterLanguage = 'en-US';

/** What every web server and proxy takes; HTTP.sys ends at 16 KB by default, old proxies sooner. */
const longestAddress = 2_000;

const pair = ([name, value]: SentValue): string =>
  value === null
    ? `${encodeURIComponent(name)}:isnull=true`
    : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;

export function renderQuestion(
  serverUrl: string,
  path: string,
  format: SsrsFormat,
  values: readonly SentValue[],
): Omit<Question, 'headers'> {
  const address = `${serverUrl}?${path.split('/').map(encodeURIComponent).join('/')}`;
  const pairs = [
    'rs:Command=Render',
    `rs:Format=${formatOf(format).renderer}`,
    `rs:ParameterLanguage=${parameterLanguage}`,
    ...values.map(pair),
  ].join('&');
  const whole = `${address}&${pairs}`;
  if (whole.length <= longestAddress) return { url: new URL(whole) };
  return { url: new URL(address), form: pairs };
}
