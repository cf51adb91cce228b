import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase } from '../arrange/postgres.ts';
import { query } from './embedded-arrange.ts';

describe('databases for tests', () => {
  it('are made from a template and are separate from it and from one another', async () => {
    const template = await createTestDatabase();
    await query(template.url, "CREATE TABLE shoe (name text); INSERT INTO shoe VALUES ('Kłos')");
    const name = new URL(template.url).pathname.slice(1);

    const copies = await Promise.all([createTestDatabase(name), createTestDatabase(name)]);
    await Promise.all(copies.map(({ url }, n) => query(url, `INSERT INTO shoe VALUES ('copy ${n}')`)));

    expect(await query(template.url, 'SELECT name FROM shoe')).toEqual([{ name: 'Kłos' }]);
    for (const [n, { url }] of copies.entries()) {
      expect(await query(url, 'SELECT name FROM shoe ORDER BY name')).toEqual([
        { name: 'Kłos' },
        { name: `copy ${n}` },
      ]);
    }
    for (const { drop } of [...copies, template]) await drop();
  });

  it('can be dropped while somebody is still connected', async () => {
    const database = await createTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    const thrownOff = new Promise((resolve) => client.on('error', resolve));
    await client.connect();

    await database.drop();

    expect(await thrownOff).toBeInstanceOf(Error);
    await expect(query(database.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });
});
