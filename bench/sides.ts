/** Who answers in a contest. The service is always among them; the others are what it is set beside. */

/** What a reader of figures calls them, and the command line, too. */
export const sideNames = [
  'service',
  'limit',
  'postgraphile',
  'mercurius',
  'first-stage',
  'ordinary',
] as const;
export type SideName = (typeof sideNames)[number];

const peerNames = ['postgraphile', 'mercurius'] as const satisfies readonly SideName[];
export type PeerName = (typeof peerNames)[number];

/** The same service with later stages of its reading turned off: what each of them brings is the difference. */
export const settingsOfStage = {
  service: {},
  'first-stage': { READ_PLANS: 'rows' },
  ordinary: { READ_PLANS: 'off' },
} as const satisfies Partial<Record<SideName, Readonly<Record<string, string>>>>;
export type StageName = keyof typeof settingsOfStage;

export const isStage = (name: SideName): name is StageName => Object.hasOwn(settingsOfStage, name);
export const isPeer = (name: SideName): name is PeerName => peerNames.some((peer) => peer === name);
