/** Definitions of features and values of them, made through the API. */
import type { Written } from './cards.ts';
import type { TestService } from './service.ts';

type Given = Readonly<Record<string, unknown>>;
type Caller = Pick<TestService, 'ask' | 'refusal'>;

export interface ShownFeature {
  readonly definition: { readonly key: string };
  readonly isSet: boolean;
  readonly [member: string]: unknown;
}

export const defining =
  'mutation ($input: DefineFeatureInput!) { written: defineFeature(input: $input) { id version } }';
export const redefining =
  'mutation ($input: UpdateFeatureDefinitionInput!) { written: updateFeatureDefinition(input: $input) { id version } }';
export const setting =
  'mutation ($input: SetFeaturesInput!) { written: setFeatures(input: $input) { id version } }';

export const definition = (key: string, given: Given = {}): Given => ({
  key,
  name: `Cecha ${key}`,
  recordType: 'CLIENT',
  kind: 'TEXT',
  ...given,
});

async function written(service: Caller, query: string, input: Given): Promise<Written> {
  return (await service.ask<{ written: Written }>(query, { input })).written;
}

export const define = (service: Caller, key: string, given?: Given): Promise<Written> =>
  written(service, defining, definition(key, given));
export const redefine = (service: Caller, seen: Written, given: Given): Promise<Written> =>
  written(service, redefining, { ...seen, ...given });
export const setFeatures = (service: Caller, seen: Written, values: readonly Given[]): Promise<Written> =>
  written(service, setting, { ...seen, values });

const selection =
  'features { definition { key } isSet text integer decimal boolean date choices { key name retired } }';

/** What a record of whatever type shows. */
export async function featuresOf(service: Caller, id: string): Promise<readonly ShownFeature[]> {
  const types = ['Client', 'Contact', 'DeliveryPlace', 'Recipient', 'Event', 'Attachment'];
  const { node } = await service.ask<{ node: { features: ShownFeature[] } }>(
    `query ($id: ID!) { node(id: $id) { ${types.map((type) => `... on ${type} { ${selection} }`).join(' ')} } }`,
    { id },
  );
  return node.features;
}

/** The one feature of a record with this key. */
export async function featureOf(service: Caller, id: string, key: string): Promise<ShownFeature | undefined> {
  return (await featuresOf(service, id)).find((feature) => feature.definition.key === key);
}

/** What is wrong with an input, as `path CODE`. */
export async function problemsOf(service: Caller, query: string, input: Given): Promise<readonly string[]> {
  const { extensions } = await service.refusal(query, { input });
  return (extensions.problems ?? []).map(({ path, code }) => `${path} ${code}`);
}
