/** What reports can be had as: our ending, the renderer's name at the server, and what its bytes are called. */
const zipped = 'application/vnd.openxmlformats-officedocument';

interface Format {
  readonly renderer: string;
  readonly contentType: string;
  /** Whether the server names its bytes so that they can be what was asked for. */
  readonly isNamed: (contentType: string) => boolean;
}

const exactly = (contentType: string): Pick<Format, 'contentType' | 'isNamed'> => ({
  contentType,
  isNamed: (named) => named === contentType,
});

/** Text is named in several ways, by version and by how the renderer is set; a page of HTML is never meant. */
const loosely = (contentType: string): Pick<Format, 'contentType' | 'isNamed'> => ({
  contentType,
  isNamed: (named) => named !== 'text/html' && named !== 'application/xhtml+xml',
});

const formats = {
  pdf: { renderer: 'PDF', ...exactly('application/pdf') },
  xlsx: { renderer: 'EXCELOPENXML', ...exactly(`${zipped}.spreadsheetml.sheet`) },
  docx: { renderer: 'WORDOPENXML', ...exactly(`${zipped}.wordprocessingml.document`) },
  csv: { renderer: 'CSV', ...loosely('text/csv; charset=utf-8') },
  xml: { renderer: 'XML', ...loosely('text/xml; charset=utf-8') },
  mhtml: { renderer: 'MHTML', ...loosely('message/rfc822') },
} as const satisfies Readonly<Record<string, Format>>;

/** The ending of a file's name. */
export type SsrsFormat = keyof typeof formats;

export const ssrsFormats: readonly SsrsFormat[] = Object.keys(formats).filter(isSsrsFormat);

export function isSsrsFormat(ending: string): ending is SsrsFormat {
  return Object.hasOwn(formats, ending);
}

export const formatOf = (ending: SsrsFormat): Format => formats[ending];
