import type { SampleCardType } from './card.type.ts';
import { stableId } from './stable-id.ts';

function cardType(key: string, name: string, branchesShareTaxId = false): SampleCardType {
  return { id: stableId(`card-type:${key}`), key, name, branchesShareTaxId };
}

/** The kinds of client the made-up wholesaler tells apart. Only a chain's branches share its NIP. */
export const sampleCardTypes = [
  cardType('hurt', 'Hurtownia'),
  cardType('detal', 'Sklep detaliczny'),
  cardType('siec', 'Sieć sklepów', true),
  cardType('grupa', 'Grupa zakupowa'),
  cardType('zagranica', 'Klient zagraniczny'),
] as const satisfies readonly SampleCardType[];
