/** The REST API v2.0 of the double: folders and parameters, in the shapes that the real one answers. */
import { doubleItems, idOf, type DoubleItem, type DoubleParameter } from './reports.ts';

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const itemAnswer = ({ path, type, description, hidden, bytes }: DoubleItem) => ({
  '@odata.type': `#Model.${type}`,
  Id: idOf(path),
  Name: nameOf(path),
  Description: description ?? null,
  Path: path,
  Type: type,
  Hidden: hidden ?? false,
  Size: bytes ?? 20_000,
  ModifiedBy: 'FIRMA\\jkowalska',
  ModifiedDate: '2026-09-30T12:10:00.123+02:00',
  ParentFolderId: idOf(parentOf(path)),
  IsFavorite: false,
});

const definition = (parameter: DoubleParameter) => ({
  Name: parameter.name,
  ParameterType: parameter.type,
  ParameterVisibility: parameter.visibility ?? 'Visible',
  ParameterState: parameter.defaults ? 'HasValidValue' : 'MissingValidValue',
  ValidValues: parameter.choices ?? [],
  ValidValuesIsNull: parameter.choices === undefined,
  Nullable: parameter.nullable ?? false,
  AllowBlank: parameter.blank ?? false,
  MultiValue: parameter.multiple ?? false,
  Prompt: parameter.prompt ?? '',
  PromptUser: parameter.visibility !== 'Internal',
  QueryParameter: false,
  DefaultValuesQueryBased: false,
  ValidValuesQueryBased: false,
  Dependencies: [],
  DefaultValues: parameter.defaults ?? [],
  DefaultValuesIsNull: parameter.defaults === undefined,
  ErrorMessage: null,
});

const notFound: RestAnswer = {
  status: 404,
  body: { error: { code: '', message: 'No such item, in the words of the server' } },
};

/** A key is an id, or `Path='…'` with its single quotes doubled. */
function itemOf(key: string): DoubleItem | undefined {
  const [, quoted] = /^path='((?:[^']|'')*)'$/i.exec(key) ?? [];
  const path = quoted?.replaceAll("''", "'");
  return doubleItems.find((item) => (path === undefined ? idOf(item.path) === key : same(item.path, path)));
}

export function restAnswer(url: URL, restPath: string, pageSize: number): RestAnswer {
  const inside = decodeURIComponent(url.pathname).slice(restPath.length);
  const [, set, key = '', what] = /^\/(\w+)\((.*)\)\/(\w+)$/.exec(inside) ?? [];
  if (set === 'Folders' && what === 'CatalogItems') return children(url, key, pageSize);
  if ((set === 'Reports' || set === 'LinkedReports') && what === 'ParameterDefinitions') {
    const item = itemOf(key);
    if (item === undefined || `${item.type}s` !== set) return notFound;
    return { status: 200, body: { value: (item.parameters ?? []).map(definition) } };
  }
  return notFound;
}

function children(url: URL, key: string, pageSize: number): RestAnswer {
  const folder = itemOf(key);
  const isRoot = /^path='\/'$/i.test(key);
  if (!isRoot && folder?.type !== 'Folder') return notFound;
  const path = folder?.path ?? '/';
  const all = doubleItems.filter((item) => same(parentOf(item.path), path));
  const skip = Number(url.searchParams.get('$skip') ?? 0);
  const page = all.slice(skip, skip + pageSize).map(itemAnswer);
  const next = new URL(url);
  next.searchParams.set('$skip', String(skip + pageSize));
  // By the name that the server knows itself by, which is not the one it was asked by.
  next.host = 'reports.firma.example';
  return {
    status: 200,
    body: {
      '@odata.context': `${url.origin}/reports/api/v2.0/$metadata#CatalogItems`,
      value: page,
      ...(skip + pageSize < all.length ? { '@odata.nextLink': next.href } : {}),
    },
  };
}
