import type { ClientBase } from 'pg';
import { Catalog } from './catalog.ts';

/** What the engine does for a session beyond its own connection. */
export interface SessionHost {
  readonly database: string;
  readonly user: string;
  readonly readOnly: boolean;
  catalog(): Catalog;
  refresh(catalog: Catalog): void;
  /** Stops what this backend of PostgreSQL is doing. */
  cancel(pid: number): Promise<void>;
  closed(): void;
}

/** The catalog that all sessions share, until this session's own transaction changes it: then that, until it ends. */
export class SessionCatalog {
  private changed: Catalog | null = null;

  constructor(private readonly host: SessionHost) {}

  get current(): Catalog {
    return this.changed ?? this.host.catalog();
  }

  load(client: ClientBase): Promise<Catalog> {
    return Catalog.load(client, this.host.database);
  }

  /** Seen by this session alone, its transaction being open. */
  keep(catalog: Catalog): void {
    this.changed = catalog;
  }

  publish(catalog: Catalog): void {
    this.host.refresh(catalog);
  }

  forget(): void {
    this.changed = null;
  }

  async committed(client: ClientBase): Promise<void> {
    if (this.changed === null) return;
    this.changed = null;
    this.publish(await this.load(client));
  }
}
