/** Writes schema/schema.graphql from the code; with --check only tells whether the file is what the code makes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../config.ts';
import { RulesDoNotFit, rulesFor } from '../access/rules.ts';
import { createSchema, printedSchema } from './schema.ts';

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

// A field without a rule of access stops the build here, before anybody could ask for it.
try {
  rulesFor(createSchema());
} catch (fault) {
  if (!(fault instanceof RulesDoNotFit)) throw fault;
  process.stderr.write(`${fault.message}\n`);
  process.exitCode = 1;
}
