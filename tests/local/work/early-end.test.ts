import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { readRunRecords } from '../../../shared/views/run/read-run-records.ts';
import { pipelineFrom } from '../../pipeline-from.ts';

const home = mkdtempSync(path.join(tmpdir(), 'gluewright-early-end-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('work that ends before its id is recorded is noticed without the reconciler', async () => {
  const tasks = { bad: { athena: 'VACUUM orders', database: 'sales' } };
  const pipeline = pipelineFrom({ pipeline: 'one', tasks });
  const options = { clock: createRealClock(), jobs: {}, reconcileSeconds: 3_600 };
  const runtime = await openRuntime({ home, pipelines: [pipeline], ...options });
  try {
    await startRun(runtime.system, { pipeline: 'one', cause: 'x' });
    await vi.waitFor(async () => {
      const records = await readRunRecords(runtime.system, 'one-x');
      expect(records?.run).toMatchObject({ settled: true });
    });
  } finally {
    await runtime.close();
  }
});
