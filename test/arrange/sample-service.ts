/** The service as `npm start` makes it: over the sandbox ERP with the sample's companies, and with the sample cards. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { packageRoot } from '../../src/config.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox-erp/sandbox.ts';
import { loadSample } from '../../src/sample/load-sample.ts';
import { knownToReports, reportFiles } from '../../src/server/report-gateway.ts';
import { sandboxConfigs, sandboxDatabases } from '../../src/server/sandbox-companies.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import { startTestService, type TestService, type TestServiceOptions } from './service.ts';
import { countStatements, type WireCounter } from './wire-counter.ts';

export interface SampleService extends TestService {
  readonly sandbox: Sandbox;
  readonly counter: WireCounter;
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined };

export async function startSampleService(
  options: Pick<TestServiceOptions, 'callers' | 'readPlans' | 'reportFiles' | 'reports'> = {},
): Promise<SampleService> {
  const server = process.env['KARTOTEKA_TEST_POSTGRES'];
  if (server === undefined)
    throw new Error('The shared test server is not running: run the tests with jest.');
  const postgresUrl = (database: string): string => {
    const url = new URL(server);
    url.pathname = `/${database}`;
    return url.href;
  };
  // Names of its own: the databases are other tests' too.
  const prefix = `sample_${randomBytes(6).toString('hex')}_`;
  const sandbox = await startSandbox({
    postgresUrl,
    databases: sandboxDatabases,
    port: 0,
    log: silent,
    prefix,
  });
  let counter: WireCounter | undefined;
  const companies = sandboxConfigs(sandbox.server.port);
  const service = await startTestService({
    reportFiles: await reportFiles(
      join(packageRoot, 'reports'),
      knownToReports({ login: undefined }, companies),
      {
        error: (fault, event) => {
          throw new Error(`${event}: ${JSON.stringify(fault)}`);
        },
      },
    ),
    ...options,
    companies,
    through: async (url) => {
      counter = await countStatements(url);
      return counter.url;
    },
  });
  if (!counter) throw new Error('nothing counts the statements');
  await loadSample(service.dataSource, service.crm, developmentUser);
  const counting = counter;
  return {
    ...service,
    sandbox,
    counter: counting,
    close: async () => {
      await service.close();
      await counting.close();
      const databases = await sandbox.engine.databases();
      await sandbox.server.close();
      for (const database of databases) await sandbox.engine.dropDatabase(database);
      await sandbox.engine.close();
    },
  };
}
