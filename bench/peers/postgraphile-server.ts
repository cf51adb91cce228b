/**
 * PostGraphile 5 as its documentation begins: the Amber preset, the pg adaptor, node:http, in production mode. Nothing of the database is
 * hidden from it and nothing of it is changed: the schema comes out of the tables as they are.
 */
import { createServer, type Server } from 'node:http';
import { answerMessages } from '../helper-process.ts';
import { portOf } from '../listening.ts';
import { peerModule, peerPoolSize, type PeerAnswer, type PeerWish } from './peer-module.ts';

interface PostGraphile {
  readonly postgraphile: (preset: object) => {
    createServ(grafserv: unknown): { addTo(server: Server): Promise<void> };
  };
}
interface Amber {
  readonly PostGraphileAmberPreset: object;
}
interface PgAdaptor {
  readonly makePgService: (options: object) => object;
}
interface NodeGrafserv {
  readonly grafserv: unknown;
}

async function serve({ databaseUrl }: PeerWish): Promise<PeerAnswer> {
  // Without it the peer checks itself at every step, as one wants it where one develops.
  process.env['GRAPHILE_ENV'] = 'production';
  process.env['NODE_ENV'] = 'production';
  const { postgraphile } = await peerModule<PostGraphile>('postgraphile');
  const { PostGraphileAmberPreset } = await peerModule<Amber>('postgraphile/presets/amber');
  const { makePgService } = await peerModule<PgAdaptor>('postgraphile/adaptors/pg');
  const { grafserv } = await peerModule<NodeGrafserv>('postgraphile/grafserv/node');
  const preset = {
    extends: [PostGraphileAmberPreset],
    pgServices: [
      makePgService({
        connectionString: databaseUrl,
        schemas: ['public'],
        poolConfig: { max: peerPoolSize },
      }),
    ],
    grafserv: { graphqlPath: '/graphql', graphiql: false, websockets: false },
  };
  const server = createServer();
  await postgraphile(preset).createServ(grafserv).addTo(server);
  return { url: `http://127.0.0.1:${await portOf(server)}/graphql` };
}

answerMessages(serve);
