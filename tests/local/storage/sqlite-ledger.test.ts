import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createSqliteLedger } from '../../../local/storage/sqlite-ledger.ts';
import { ledgerContract } from '../../shared/ledger/contract.ts';

describe('the ledger on SQLite', () => {
  ledgerContract(async () => createSqliteLedger(new DatabaseSync(':memory:')));

  test('a write inside another transaction becomes part of it', async () => {
    const database = new DatabaseSync(':memory:');
    const ledger = createSqliteLedger(database);
    const key = { partition: 'p', sort: 's' };
    database.exec('BEGIN');
    await ledger.write([{ key, expect: 0, value: {} }]);
    await expect(ledger.write([{ key, expect: 0, value: {} }])).rejects.toThrow('p s');
    expect(await ledger.get(key)).toBeDefined();
    database.exec('ROLLBACK');
    expect(await ledger.get(key)).toBeUndefined();
  });

  test('several processes increment one item without losing a step', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ledger-'));
    const file = path.join(folder, 'ledger.sqlite');
    const module = path.resolve('local/storage/sqlite-ledger.ts');
    createSqliteLedger(new DatabaseSync(file));
    const program = `
      const { DatabaseSync } = await import('node:sqlite');
      const { createSqliteLedger } = await import(${JSON.stringify(module)});
      const ledger = createSqliteLedger(new DatabaseSync(${JSON.stringify(file)}));
      const key = { partition: 'p', sort: 'count' };
      for (let done = 0; done < 50; ) {
        const item = await ledger.get(key);
        const value = { n: (item?.value.n ?? 0) + 1 };
        try { await ledger.write([{ key, expect: item?.version ?? 0, value }]); done++; } catch (error) { if (error.name !== 'Conflict') throw error; }
      }`;
    const run = () =>
      new Promise((resolve) => {
        spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' }).once('exit', resolve);
      });
    expect(await Promise.all([run(), run()])).toEqual([0, 0]);
    const item = await createSqliteLedger(new DatabaseSync(file)).get({ partition: 'p', sort: 'count' });
    expect(item?.value).toEqual({ n: 100 });
    rmSync(folder, { recursive: true });
  });
});
