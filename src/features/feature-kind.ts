/** What a feature's value can be, and what follows from it: the member of inputs and answers, and the column of the table. */
export enum FeatureKind {
  TEXT = 'TEXT',
  LONG_TEXT = 'LONG_TEXT',
  INTEGER = 'INTEGER',
  DECIMAL = 'DECIMAL',
  BOOLEAN = 'BOOLEAN',
  DATE = 'DATE',
  CHOICE = 'CHOICE',
  MULTI_CHOICE = 'MULTI_CHOICE',
  LINK = 'LINK',
}

export type ValueMember = 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'choices';

interface Traits {
  readonly member: ValueMember;
  readonly column: 'text_value' | 'long_text_value' | 'number_value' | 'boolean_value' | 'date_value';
  readonly type: 'text' | 'numeric' | 'boolean' | 'date';
}

export const traits: Readonly<Record<FeatureKind, Traits>> = {
  TEXT: { member: 'text', column: 'text_value', type: 'text' },
  LONG_TEXT: { member: 'text', column: 'long_text_value', type: 'text' },
  LINK: { member: 'text', column: 'text_value', type: 'text' },
  INTEGER: { member: 'integer', column: 'number_value', type: 'numeric' },
  DECIMAL: { member: 'decimal', column: 'number_value', type: 'numeric' },
  BOOLEAN: { member: 'boolean', column: 'boolean_value', type: 'boolean' },
  DATE: { member: 'date', column: 'date_value', type: 'date' },
  CHOICE: { member: 'choices', column: 'text_value', type: 'text' },
  MULTI_CHOICE: { member: 'choices', column: 'text_value', type: 'text' },
};

export const hasChoices = (kind: FeatureKind): boolean => traits[kind].member === 'choices';
export const isNumber = (kind: FeatureKind): boolean => traits[kind].type === 'numeric';
/** Short enough texts, which a pattern may be asked of. */
export const isShortText = (kind: FeatureKind): boolean =>
  kind === FeatureKind.TEXT || kind === FeatureKind.LINK;
