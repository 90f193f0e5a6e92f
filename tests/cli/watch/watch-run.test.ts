import { expect, test } from 'vitest';
import { settledRuns } from '../../../cli/open/settled-runs.ts';
import { watchRun } from '../../../cli/watch/watch-run.ts';
import { openDatabase } from '../../../local/storage/open-database.ts';
import { createSqliteLedger } from '../../../local/storage/sqlite-ledger.ts';
import { runKey } from '../../../shared/ledger/ledger-keys.ts';
import type { RunView } from '../../../shared/views/run/run-view.ts';
import { isoTime } from '../../../shared/views/shapes.ts';
import { createTestTerminal } from '../test-terminal.ts';

const live: RunView = {
  ...{ id: 'p-1', pipeline: 'p', status: 'RUNNING', trigger: {}, params: {}, createdAt: isoTime(1000) },
  ...{ started: [], settled: false, tasks: [] },
};

test('the watch shows the end of a run at once, whatever the interval', async () => {
  const { wrapLedger, whenOver } = settledRuns();
  const ledger = wrapLedger(createSqliteLedger(openDatabase(':memory:')));
  const write = (id: string, settled: boolean) =>
    ledger.write([{ key: runKey(id), expect: 'any', value: { settled } }]);
  const over = whenOver('p-1');
  const read = async (): Promise<RunView> => {
    const written = await ledger.get(runKey('p-1'));
    return { ...live, settled: written?.value.settled === true };
  };
  const watched = watchRun(createTestTerminal('.'), { read, now: Date.now, over, everyMilliseconds: 3_600_000 });
  await write('p-2', true);
  await write('p-1', false);
  expect(over.aborted).toBe(false);
  await write('p-1', true);
  expect((await watched)?.settled).toBe(true);
});
