/**
 * What the report server's refusals mean. Its error page is HTML in the language of whoever asks; only the codes in brackets are the
 * same everywhere, the outermost first. Nothing else of the page is used but the names of parameters that we know already.
 */
import { InputRejected, RecordNotFound, type DomainError } from '../../errors.ts';
import {
  FormatNotOffered,
  NotReportServer,
  ReportAccessDenied,
  ReportFailed,
  ReportServerTimeout,
  ReportServerUnavailable,
} from './ssrs-errors.ts';

export interface Refusal {
  readonly status: number;
  readonly page: string;
}

export interface AskedFor {
  readonly path: string;
  readonly format: string;
  /** Names of the report's parameters. */
  readonly parameters: readonly string[];
}

type Meaning =
  'MISSING' | 'DENIED' | 'NO_VALUE' | 'WRONG_VALUE' | 'FORMAT' | 'TIMEOUT' | 'BUSY' | 'NOT_SERVING';

const meanings: Readonly<Record<string, Meaning>> = {
  rsItemNotFound: 'MISSING',
  rsInvalidItemPath: 'MISSING',
  rsWrongItemType: 'MISSING',
  rsInvalidReportLink: 'MISSING',
  rsAccessDenied: 'DENIED',
  rsReportParameterValueNotSet: 'NO_VALUE',
  rsParametersNotSpecified: 'NO_VALUE',
  rsMissingParameter: 'NO_VALUE',
  rsReportParameterTypeMismatch: 'WRONG_VALUE',
  rsParameterTypeMismatch: 'WRONG_VALUE',
  rsInvalidReportParameter: 'WRONG_VALUE',
  rsInvalidParameter: 'WRONG_VALUE',
  rsUnknownReportParameter: 'WRONG_VALUE',
  rsReadOnlyReportParameter: 'WRONG_VALUE',
  rsRenderingExtensionNotFound: 'FORMAT',
  rsReportTimeoutExpired: 'TIMEOUT',
  rsQueryTimeout: 'TIMEOUT',
  rsServerBusy: 'BUSY',
  rsReportServerServiceUnavailable: 'NOT_SERVING',
  rsReportServerDatabaseUnavailable: 'NOT_SERVING',
  rsReportServerDisabled: 'NOT_SERVING',
  rsReportServerNotActivated: 'NOT_SERVING',
};

const codesIn = (page: string): readonly string[] =>
  [...page.matchAll(/\((r[rs][A-Z][A-Za-z0-9]{2,60})\)/g)].map(([, code = '']) => code);

/** The outermost code tells, except that a report is told to have failed also where it only took too long. */
function meaningOf(codes: readonly string[]): Meaning | undefined {
  const [outermost = '', ...inner] = codes;
  const meaning = meanings[outermost];
  if (meaning !== undefined) return meaning;
  return inner.some((code) => meanings[code] === 'TIMEOUT') ? 'TIMEOUT' : undefined;
}

export function refusalOf({ status, page }: Refusal, asked: AskedFor): DomainError {
  const codes = codesIn(page);
  const [outermost] = codes;
  if (outermost === undefined) return withoutCode(status);
  switch (meaningOf(codes)) {
    case 'MISSING':
      return new RecordNotFound('report', asked.path);
    case 'DENIED':
      return new ReportAccessDenied();
    case 'NO_VALUE':
      return parameterFault(page, asked, 'REQUIRED', 'needs a value');
    case 'WRONG_VALUE':
      return parameterFault(page, asked, 'VALUE', 'is not accepted by the report');
    case 'FORMAT':
      return new FormatNotOffered(asked.format);
    case 'TIMEOUT':
      return new ReportServerTimeout();
    case 'BUSY':
    case 'NOT_SERVING':
      return new ReportServerUnavailable(meanings[outermost] === 'BUSY' ? 'BUSY' : 'NOT_SERVING');
    case undefined:
      return new ReportFailed(outermost);
  }
}

/** No word of a report server: from what stands before it, or from another server. */
function withoutCode(status: number): DomainError {
  if (status === 401) return new ReportServerUnavailable('LOGIN_REFUSED');
  if (status === 403) return new ReportAccessDenied();
  if (status === 502 || status === 503 || status === 504) return new ReportServerUnavailable('NOT_SERVING');
  return new NotReportServer(`answers with status ${status}`);
}

const entities: Readonly<Record<string, string>> = { '&#39;': "'", '&quot;': '"', '&apos;': "'" };

/** Quoted by whatever signs the language quotes with. */
const isNamedIn = (page: string, name: string): boolean => page.split(/['"‘’‚‛“”„‟«»‹›]/u).includes(name);

function parameterFault(page: string, asked: AskedFor, code: string, message: string): InputRejected {
  const plain = page.replaceAll(/&#39;|&quot;|&apos;/g, (entity) => entities[entity] ?? entity);
  const named = asked.parameters.filter((name) => isNamedIn(plain, name));
  if (named.length === 0)
    return new InputRejected([{ path: 'parameters', code, message: `a parameter ${message}` }]);
  return new InputRejected(named.map((name) => ({ path: `parameters.${name}`, code, message })));
}
