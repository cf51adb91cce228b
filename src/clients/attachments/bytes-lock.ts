/**
 * Keeps those who write of bytes and the one who deletes bytes that nobody wrote of apart, over all services on one database:
 * without it bytes could be found unneeded in the moment before the record that needs them is committed.
 */
import type { EntityManager } from 'typeorm';

const bytesLock = 7_423_902;

/** Until the transaction ends nothing is swept. */
export async function keepSweepAway(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock_shared($1)', [bytesLock]);
}

/** Until the transaction ends nobody writes of bytes. Rejects when one who does takes longer than a moment. */
export async function keepWritersAway(manager: EntityManager): Promise<void> {
  // Writers that come later wait behind this lock: it must not wait long itself.
  await manager.query("SET LOCAL lock_timeout = '2s'");
  await manager.query('SELECT pg_advisory_xact_lock($1)', [bytesLock]);
}
