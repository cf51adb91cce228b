/** Which of the two forms of a GraphQL answer a caller wants. */
const responseTypes = ['application/json', 'application/graphql-response+json'] as const;
export type ResponseType = (typeof responseTypes)[number];

interface Range {
  readonly type: string;
  readonly quality: number;
}

function parseRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
}

const specificity = (range: string, type: ResponseType): number => {
  if (range === type) return 3;
  if (range === 'application/*') return 2;
  return range === '*/*' ? 1 : 0;
};

/**
 * By quality, then in the caller's order, then application/json first, as for callers who say nothing. Undefined when the
 * caller wants neither.
 */
export function negotiate(accept: string | undefined): ResponseType | undefined {
  if (accept === undefined || accept.trim() === '') return responseTypes[0];
  const ranges = accept.split(',').map(parseRange);
  const candidates = responseTypes.flatMap((type) => {
    const [best] = ranges
      .map((range, order) => ({ type, order, quality: range.quality, fit: specificity(range.type, type) }))
      .filter(({ fit }) => fit > 0)
      .sort((one, other) => other.fit - one.fit);
    return best && best.quality > 0 ? [best] : [];
  });
  candidates.sort((one, other) => other.quality - one.quality || one.order - other.order);
  return candidates[0]?.type;
}
