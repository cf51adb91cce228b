import { readFileSync } from 'node:fs';

// The build's own settings, but for import endings: jest runs the .ts files themselves.
const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
swc.jsc.rewriteRelativeImportExtensions = false;

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline' }] },
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  // A net, not a measure: on a slow and busy machine what starts programs takes long, and fails by its conditions, not by the clock.
  testTimeout: 60_000,
  maxWorkers: 2,
  // What a file has loaded is never let go of: past this a worker is replaced before its next file.
  workerIdleMemoryLimit: '1500MB',
};
