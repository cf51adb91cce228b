import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SqlServerError } from '../../src/sandbox-erp/engine.ts';
import type { Column } from '../../src/sandbox-erp/engine.ts';
import { answering, arrange } from './arrange-wire.ts';
import type { Arranged } from './arrange-wire.ts';
import { PASSWORD, USER } from './arrange-wire-client.ts';

/** A client that shares no line with the npm driver: what both understand is TDS, not an accident. */
const TSQL = '/usr/bin/tsql';
const present = existsSync(TSQL);
if (!present)
  process.stderr.write(`SKIPPED: FreeTDS is not tried, ${TSQL} is missing (Debian: freetds-bin).\n`);

let sandbox: Arranged;

beforeAll(async () => {
  sandbox = await arrange();
});

afterAll(() => sandbox.close());

const tsql = async (
  input: string,
  password = PASSWORD,
): Promise<{ readonly output: string; readonly errors: string }> => {
  const process = spawn(
    TSQL,
    [
      '-H',
      '127.0.0.1',
      '-p',
      String(sandbox.server.port),
      '-U',
      USER,
      '-P',
      password,
      '-D',
      'erp',
      '-J',
      'UTF-8',
      '-o',
      'q',
    ],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { LANG: 'C.UTF-8' } },
  );
  process.stdin.end(input);
  const [output, errors] = await Promise.all([text(process.stdout), text(process.stderr)]);
  return { output, errors };
};

(present ? describe : describe.skip)('FreeTDS', () => {
  it('logs in and reads every type', async () => {
    const values = {
      bit: '1',
      tinyint: '255',
      smallint: '-32768',
      int: '-2147483648',
      bigint: '9223372036854775807',
      float: '0.5',
      real: '1.5',
      money: '-922337203685.4775',
      uniqueidentifier: '00112233-4455-6677-8899-AABBCCDDEEFF',
    } as const;
    const plain = Object.keys(values).filter((name): name is keyof typeof values => name in values);
    const columns: Column[] = [
      ...plain.map((name) => ({ name, type: { name }, nullable: false })),
      { name: 'decimal', type: { name: 'decimal', precision: 19, scale: 4 }, nullable: true },
      { name: 'varchar', type: { name: 'varchar', length: 20 }, nullable: true },
      { name: 'nvarchar', type: { name: 'nvarchar', length: 20 }, nullable: true },
      { name: 'max', type: { name: 'nvarchar', length: -1 }, nullable: true },
      { name: 'nothing', type: { name: 'date' }, nullable: true },
    ];
    const row = [
      ...plain.map((name) => values[name]),
      '99999999999.9999',
      'Zażółć',
      'дом ść',
      'ł'.repeat(5000),
      null,
    ];
    sandbox.engine.answers.set('types\n', answering(columns, [row]));

    const { output } = await tsql('types\ngo\n');

    const line = output.split('\n').find((candidate) => candidate.startsWith('1\t255'));
    expect(line?.split('\t')).toEqual([...row.slice(0, -1), 'NULL']);
  });

  it('shows errors with number, severity, state and line, and goes on', async () => {
    sandbox.engine.answers.set('wrong\n', () => {
      throw new SqlServerError(208, "Invalid object name 'wrong'.", 16, 1, 7);
    });
    sandbox.engine.answers.set(
      'right\n',
      answering([{ name: 'a', type: { name: 'int' }, nullable: false }], [['42']]),
    );

    const { output, errors } = await tsql('wrong\ngo\nright\ngo\n');

    expect(errors).toMatch(/Msg 208 \(severity 16, state 1\) from KARTOTEKA-SANDBOX Line 7:/);
    expect(output).toContain('42');
  });

  it('is told of a wrong password', async () => {
    const { errors } = await tsql('exit\n', 'wrong');

    expect(errors).toMatch(/Msg 18456 \(severity 14, state 1\)/);
  });
});
