/** After the last test: the shared PostgreSQL server and its folder go. */
import { stopSharedServer } from './arrange/shared-server.ts';

export default async function globalTeardown(): Promise<void> {
  await stopSharedServer();
}
