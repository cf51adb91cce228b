import type { SampleUser } from './card.type.ts';
import { stableId } from './stable-id.ts';

function user(name: string, login: string, active = true): SampleUser {
  return { id: stableId(`user:${login}`), name, email: `${login}@podbicie.example`, active };
}

/** The account managers (opiekunowie) of the sample's cards; the last has left the firm and keeps a few inactive cards. */
export const managers = {
  wrona: user('Katarzyna Wrona', 'katarzyna.wrona'),
  lesniak: user('Michał Leśniak', 'michal.lesniak'),
  zurek: user('Agata Żurek', 'agata.zurek'),
  brandt: user('Tobiasz Brandt', 'tobiasz.brandt'),
  cichon: user('Edward Cichoń', 'edward.cichon', false),
};

export const sampleUsers: readonly SampleUser[] = Object.values(managers);
