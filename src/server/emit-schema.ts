/** Writes schema/schema.graphql from the code; with --check only tells whether the file is what the code makes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../config.ts';
import { printedSchema } from './schema.ts';

const file = join(packageRoot, 'schema', 'schema.graphql');
const printed = printedSchema();

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== printed) {
    process.stderr.write(
      'schema/schema.graphql is not what the code makes: run npm run schema and look at the difference\n',
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, printed);
}
