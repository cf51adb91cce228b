/** A module out of the peers' own packages. They may not be there, so nothing imports them by name; `Module` says what is used of it. */
export const peerModule = async <Module>(name: string): Promise<Module> => (await import(name)) as Module;

export interface PeerWish {
  readonly databaseUrl: string;
}

export interface PeerAnswer {
  readonly url: string;
}

/** Connections to PostgreSQL: as many as the limit has. */
export const peerPoolSize = 10;
