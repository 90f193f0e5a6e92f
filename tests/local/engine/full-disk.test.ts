import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEngineStore } from '../../../local/engine/store/open-engine-store.ts';
import { openDatabase } from '../../../local/storage/open-database.ts';
import { engineFixture } from './engine-fixture.ts';

const tasks = 30;
const name = (index: number): string => `Task ${index}`;
const chain = {
  QueryLanguage: 'JSONata',
  StartAt: name(0),
  States: Object.fromEntries(
    Array.from({ length: tasks }, (_, index) => [
      name(index),
      {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { index, padding: 'x'.repeat(2_000) },
        Output: index,
        ...(index + 1 < tasks ? { Next: name(index + 1) } : { End: true }),
      },
    ]),
  ),
};

type Trouble = { begin(): void; end(): void };

/** Allows no more pages. SQLite then reports the same error as for a full disk. */
function fullDisk(database: DatabaseSync): Trouble {
  return {
    begin: () => database.exec('PRAGMA max_page_count = 1'),
    end: () => database.exec('PRAGMA max_page_count = 4294967294'),
  };
}

/** Another program that holds a write lock. */
function lockedFile(_database: DatabaseSync, file: string): Trouble {
  const other = new DatabaseSync(file);
  return { begin: () => other.exec('BEGIN IMMEDIATE'), end: () => other.close() };
}

describe('an engine whose file cannot be written for a while', () => {
  let folder = '';
  let file = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gluewright-full-'));
    file = path.join(folder, 'gluewright.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['because the disk is full', fullDisk, 'full'],
    ['because another program has it locked', lockedFile, 'locked'],
  ])('%s, reports it, and continues where it was', async (_, makeTrouble, said) => {
    const database = openDatabase(file, 0);
    const trouble = makeTrouble(database, file);
    const calls: string[] = [];
    const { call, machine, clock, statuses } = engineFixture(
      async ({ stateName }) => {
        calls.push(stateName);
        if (stateName === name(10) && calls.length === 11) {
          trouble.begin();
          clock.at(clock.now() + 20_000, trouble.end);
        }
        return {};
      },
      { store: openEngineStore(database) },
    );
    const stateMachineArn = await machine('chain', chain);
    const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'one' });
    await clock.run(() => calls.includes(name(10)));
    const refused = call('StartExecution', { stateMachineArn, name: 'two' });
    await expect(refused).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      message: expect.stringContaining(said),
    });
    await clock.run(() => statuses.filter(({ status }) => status === 'SUCCEEDED').length === 2);

    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED' });
    const { events } = await call('GetExecutionHistory', { executionArn, maxResults: 1_000 });
    expect(events).toMatchObject(Array.from({ length: 2 + 5 * tasks }, (__, index) => ({ id: index + 1 })));
    expect(calls.filter((called) => called === name(10))).toHaveLength(2); // Once in each execution.
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });
});
