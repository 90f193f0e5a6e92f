import { expect, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { readRun } from '../../../shared/views/run/read-run.ts';
import { pipelineFrom } from '../../pipeline-from.ts';

/** Without a home, because these pipelines have no Glue jobs. */
const simulate = () => ({ seconds: 0 });

test('a command replaces an EMR step, and gets the address for its output', async () => {
  const check = "process.exitCode = process.env.GLUEWRIGHT_OUTPUT.endsWith('/one-x/load-1.json') ? 0 : 1";
  const step = { 'emr-step': 'j-1', args: ['spark-submit', 's3://code/load.py'] };
  const tasks = {
    load: { ...step, local: { command: [process.execPath, '-e', check], output: { rows: 7 } } },
    report: {
      ...{ ...step, after: 'load', args: ['spark-submit', 's3://code/report.py', '{% $tasks.load.output.rows %}'] },
      local: { simulate: '0s' },
    },
  };
  const pipelines = [pipelineFrom({ pipeline: 'one', tasks })];
  const runtime = await openRuntime({ home: ':memory:', clock: createRealClock(), pipelines, jobs: {}, simulate });
  await startRun(runtime.system, { pipeline: 'one', cause: 'x' });
  await vi.waitFor(async () => {
    expect(await readRun(runtime.system.ledger, 'one-x', [])).toMatchObject({ status: 'SUCCEEDED' });
  }, 10_000);
  expect(JSON.stringify(runtime.works.all().at(-1)?.input)).toContain('"s3://code/report.py","7"');
  await runtime.close();
});
