/**
 * How ERP records are named outside: company, kind and the ERP's own key, `order:main:0:123`. Each part of the key stands
 * percent-encoded, so that a key may hold anything.
 */
export type ErpKind = 'customer' | 'order' | 'invoice' | 'payment' | 'settlement';

export interface ErpRecordKey {
  readonly kind: ErpKind;
  readonly company: string;
  readonly key: readonly string[];
}

/** How many columns the key of each has. */
const keyLength: Readonly<Record<ErpKind, number>> = {
  customer: 1,
  order: 2,
  invoice: 2,
  payment: 2,
  settlement: 3,
};

const isKind = (text: string): text is ErpKind => Object.hasOwn(keyLength, text);

export function erpId(kind: ErpKind, company: string, key: readonly string[]): string {
  return [kind, company, ...key.map((part) => encodeURIComponent(part.toWellFormed()))].join(':');
}

/** Undefined for what is no id of an ERP record, another spelling of one included. */
export function parseErpId(id: string): ErpRecordKey | undefined {
  const [kind = '', company = '', ...parts] = id.split(':');
  if (!isKind(kind) || company === '' || parts.length !== keyLength[kind]) return undefined;
  try {
    const key = parts.map(decodeURIComponent);
    return erpId(kind, company, key) === id ? { kind, company, key } : undefined;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
