/** Queries made at random from the schema, over the sample's cards and ERP: plans answer them as resolvers do. */
import { settingsBeside } from './installation.ts';
import { comparePlans } from './plan-compare.ts';
import { addRecords, knownRecords } from './plan-known.ts';
import { makeDataDir, startService } from './service.ts';
import type { SoakCheck } from './soak-harness.ts';

export const plansCheck: SoakCheck = {
  name: 'plans',
  what: 'queries made at random from the schema are answered by plans as by resolvers, in every value, the order of keys, and errors; most of them by plans',
  unit: 'queries',
  count: 20_000,
  run: async (count, workplace) => {
    const planned = await startService(workplace, { dataDir: await makeDataDir(workplace) });
    const ordinary = await startService(workplace, {
      dataDir: await makeDataDir(workplace),
      settings: { ...(await settingsBeside(planned)), READ_PLANS: 'off' },
    });
    await addRecords(planned.url);
    const known = await knownRecords(planned.url);
    const seed = Date.now() % 1_000_000_007;
    const asked = { planned: planned.url, ordinary: ordinary.url, known, count, seed };
    const { ways, withData, met, partings } = await comparePlans(asked);
    await ordinary.stop();
    await planned.stop();
    const byPlans = (ways['text'] ?? 0) + (ways['rows'] ?? 0);
    const failed = ways['ordinary; reason=failed'] ?? 0;
    const told = Object.entries(ways).map(([way, times]) => `${times} ${way}`);
    const found = `seed ${seed}: ${withData} with data, ${met.size} fields; ${told.join(', ')}`;
    return {
      passed: partings.length === 0 && failed === 0 && byPlans > count * 0.7,
      found: [found, `${partings.length} part`, ...partings.slice(0, 3)].join('; '),
    };
  },
};
