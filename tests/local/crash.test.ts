import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetJobRunsCommand } from '@aws-sdk/client-glue';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../local/clock/virtual-clock.ts';
import { openRuntime, type Runtime } from '../../local/runtime.ts';
import type { WireServices } from '../../local/wire/wire-message.ts';
import { pipelineFrom } from '../pipeline-from.ts';

const start = Date.UTC(2026, 10, 22, 3);

const text = `
pipeline: orders
triggers:
  arrivals: { s3: { bucket: landing, key: "orders/_SUCCESS" } }
tasks:
  extract: { glue-job: extract }
  other: { glue-job: other }
  report: { glue-job: report, after: [extract, other], args: { rows: "{% $tasks.extract.output.rows %}" } }
`;
const jobs = Object.fromEntries(
  ['extract', 'other', 'report'].map((name) => [
    name,
    { name, type: 'glueetl' as const, args: {}, maxConcurrentRuns: 1 },
  ]),
);

const orders = pipelineFrom(text);

let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(tmpdir(), 'crash-'));
});
afterEach(() => fs.rmSync(home, { recursive: true }));

const surprises: unknown[] = [];
function open(clock: VirtualClock, calls: NonNullable<WireServices['faults']>): Promise<Runtime> {
  return openRuntime({
    home,
    clock,
    pipelines: [orders],
    jobs,
    simulate: () => ({ seconds: 60, output: { rows: 5 } }),
    faults: { calls },
    lookMilliseconds: 60_000,
    onSurprise: (error) => surprises.push(error),
  });
}

/** Runs the pipeline, and crashes before or after its n-th call. @returns the number of calls */
async function runAndCrash(dieAt: number, afterEffect: boolean): Promise<number> {
  const clock = createVirtualClock(start);
  let calls = 0;
  let armed = true;
  let dead = false;
  const crash = () => {
    dead = true;
    first.abandon();
  };
  const first = await open(clock, (service) =>
    service !== 'Ledger' && armed && ++calls === dieAt ? { afterEffect, crash } : undefined,
  );
  first.s3.put('landing', 'orders/_SUCCESS', new Uint8Array());
  const later = (minutes: number) => () => dead || clock.now() > start + minutes * 60_000;
  await clock.run(later(10));

  armed = false;
  dead = false;
  const last = calls < dieAt ? first : await open(clock, () => undefined);
  await clock.run(later(90));
  const stateMachineArn = last.system.catalog.byName('orders')?.stateMachineArn;
  const { executions } = await last.clients.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
  expect(executions).toMatchObject([{ status: 'SUCCEEDED' }]);
  for (const JobName of Object.keys(jobs)) {
    const { JobRuns } = await last.clients.glue.send(new GetJobRunsCommand({ JobName }));
    expect(JobRuns).toMatchObject([{ JobRunState: 'SUCCEEDED' }]);
  }
  await last.close();
  expect(surprises.splice(0)).toEqual([]);
  return calls;
}

describe('a crash', () => {
  test('of the whole runtime at any call leads to the same end, and no job runs twice', async () => {
    const calls = await runAndCrash(Number.POSITIVE_INFINITY, false);
    expect(calls).toBeGreaterThan(8);
    for (let dieAt = 1; dieAt <= calls; dieAt++) {
      for (const afterEffect of [false, true]) {
        fs.rmSync(home, { recursive: true });
        try {
          await runAndCrash(dieAt, afterEffect);
        } catch (cause) {
          throw new Error(`died at call ${dieAt}, ${afterEffect ? 'after' : 'before'} its effect`, { cause });
        }
      }
    }
  });
});
