/** The places in an input where a caller can put a text. */
import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';

type Given = Readonly<Record<string, unknown>>;

interface TextMember {
  readonly path: readonly string[];
}

/** Members that are texts or ids, those of nested inputs too. */
export function textMembers(type: GraphQLInputObjectType, within: readonly string[] = []): TextMember[] {
  return Object.values(type.getFields()).flatMap(({ name, type: memberType }) => {
    const named = getNamedType(memberType);
    const path = [...within, name];
    if (isInputObjectType(named)) return isList(memberType) ? [] : textMembers(named, path);
    return named.name === 'String' || named.name === 'ID' ? [{ path }] : [];
  });
}

const isList = (type: GraphQLInputType): boolean => isListType(getNullableType(type));

/** The input with the text put in that place; a list has it as its only member. */
export function withText(
  type: GraphQLInputObjectType,
  input: Given,
  [name = '', ...rest]: readonly string[],
  text: string,
): Given {
  const member = type.getFields()[name];
  if (!member) throw new Error(`${type.name} has no ${name}`);
  const named = getNamedType(member.type);
  if (rest.length > 0 && isInputObjectType(named))
    return { ...input, [name]: withText(named, (input[name] ?? {}) as Given, rest, text) };
  return { ...input, [name]: isList(member.type) ? [text] : text };
}

/** Whether a problem's path is in that place of the input. */
export const isAt = (path: string, place: readonly string[]): boolean =>
  `${path}.`.startsWith(`input.${place.join('.')}.`);
