import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { readRunRecords } from '../../../shared/views/run/read-run-records.ts';
import { pipelineFrom } from '../../pipeline-from.ts';

const home = mkdtempSync(path.join(tmpdir(), 'gluewright-container-command-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const succeedsIf = (condition: string) => [process.execPath, '-e', `process.exitCode = ${condition} ? 0 : 1`];

test('a command replaces a container and gets its variables, and later tasks read its output', async () => {
  const {
    DAY,
    ROWS,
    GLUEWRIGHT_OUTPUT: address,
  } = Object.fromEntries(['DAY', 'ROWS', 'GLUEWRIGHT_OUTPUT'].map((name) => [name, `process.env.${name}`]));
  const tasks = {
    models: {
      ...{ ecs: 'dbt', launchType: 'EC2', env: { DAY: '{% "monday" %}' } },
      local: {
        command: succeedsIf(`${DAY} === 'monday' && ${address} === 's3://outputs/outputs/one-x/models-1.json'`),
        output: { rows: 3 },
      },
    },
    tests: {
      ...{ ecs: 'checks', launchType: 'EC2', after: 'models', env: { ROWS: '{% $tasks.models.output.rows %}' } },
      local: { command: succeedsIf(`${ROWS} === '3'`) },
    },
  };
  const pipeline = pipelineFrom({ pipeline: 'one', tasks });
  const runtime = await openRuntime({ home, clock: createRealClock(), pipelines: [pipeline], jobs: {} });
  try {
    await startRun(runtime.system, { pipeline: 'one', cause: 'x' });
    await vi.waitFor(async () => {
      const records = await readRunRecords(runtime.system, 'one-x');
      expect(records?.run).toMatchObject({ settled: true, status: 'SUCCEEDED' });
    }, 10_000);
  } finally {
    await runtime.close();
  }
});
