import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { readRun } from '../../../shared/views/run/read-run.ts';
import { pipelineFrom } from '../../pipeline-from.ts';

test('a command replaces an EMR Serverless job, and writes its output to the job’s address', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'gluewright-emr-serverless-'));
  const write = `
    const [bucket, ...key] = process.env.GLUEWRIGHT_OUTPUT.slice(5).split('/');
    const file = require('path').join('${home}', 's3', bucket, ...key);
    require('fs').mkdirSync(require('path').dirname(file), { recursive: true });
    require('fs').writeFileSync(file, '{"rows":7}');`;
  const check = `
    const { sparkSubmit } = JSON.parse(process.env.GLUEWRIGHT_INPUT).jobDriver;
    process.exitCode = sparkSubmit.entryPointArguments.join() === '--rows,7' ? 0 : 1;`;
  const common = { 'emr-serverless': 'app1', role: 'arn:aws:iam::111122223333:role/spark' };
  const tasks = {
    load: { ...common, script: 's3://code/load.py', local: { command: [process.execPath, '-e', write] } },
    report: {
      ...{ ...common, script: 's3://code/report.py', after: 'load' },
      args: ['--rows', '{% $tasks.load.output.rows %}'],
      local: { command: [process.execPath, '-e', check] },
    },
  };
  const pipelines = [pipelineFrom({ pipeline: 'one', tasks })];
  const runtime = await openRuntime({ home, clock: createRealClock(), pipelines, jobs: {} });
  onTestFinished(async () => {
    await runtime.close();
    rmSync(home, { recursive: true, force: true });
  });
  await startRun(runtime.system, { pipeline: 'one', cause: 'x' });
  await vi.waitFor(async () => {
    expect(await readRun(runtime.system.ledger, 'one-x', [])).toMatchObject({ status: 'SUCCEEDED' });
  }, 10_000);
});
