/** What form checks are made of: rules over one value, of which the first that does not hold is the value's problem. */
import { registerDecorator } from 'class-validator';

export interface Rule {
  readonly code: string;
  /** The member of the value that is to blame, if it is not the value itself. */
  readonly member?: string;
  readonly message: string;
  /** `owner` is the whole input, for rules that depend on a neighbour. */
  readonly holds: (value: unknown, owner: object) => boolean;
}

/** Whether null is refused: always, never, or in changes, which state a version; in a new record it says no more than leaving out. */
type Required = boolean | 'in changes';

export function check(
  rules: readonly Rule[],
  { required = false }: { required?: Required } = {},
): PropertyDecorator {
  const broken = (value: unknown, owner: object = {}): Rule | undefined => {
    if (value === undefined) return undefined;
    if (value === null)
      return required === true || (required === 'in changes' && 'version' in owner)
        ? { code: 'REQUIRED', message: 'cannot be empty', holds: () => false }
        : undefined;
    return rules.find(({ holds }) => !holds(value, owner));
  };
  return (target, propertyKey) => {
    registerDecorator({
      name: 'check',
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: (value, given) => broken(value, given?.object) === undefined,
        defaultMessage: (given) => {
          const rule = broken(given?.value, given?.object);
          return rule ? `${[rule.code, rule.member].join(' ').trim()}|${rule.message}` : '';
        },
      },
    });
  };
}

export const isText = (value: unknown): value is string => typeof value === 'string';
