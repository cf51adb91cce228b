import type { SampleCard } from './card.type.ts';
import { buyingGroups } from './cards/buying-groups.ts';
import { chains } from './cards/chains.ts';
import { foreignClients } from './cards/foreign.ts';
import { obuwnik } from './cards/obuwnik.ts';
import { shopsAToG } from './cards/shops-a-to-g.ts';
import { shopsKToO } from './cards/shops-k-to-o.ts';
import { shopsPToT } from './cards/shops-p-to-t.ts';
import { wholesalers } from './cards/wholesalers.ts';

/** The sixty cards. Members of a buying group come with their own cards, so create all cards before any recipient. */
export const sampleCards: readonly SampleCard[] = [
  ...chains,
  ...buyingGroups,
  ...obuwnik,
  ...wholesalers,
  ...shopsAToG,
  ...shopsKToO,
  ...shopsPToT,
  ...foreignClients,
];
