import { expect, test } from 'vitest';
import { startRun } from '../../../shared/actors/start-run.ts';
import { ThroughputExceeded } from '../../../shared/ledger/ledger.ts';
import { signal } from '../../../shared/use-cases/events/signal.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { jobEnded } from '../world/job-ended.ts';
import { SlowWorld } from '../world/slow-world.ts';
import { callOf } from '../world/world.ts';

/** This many tasks end at the same moment, and one gate waits for them. */
function endTogether(slow: SlowWorld, branches: number) {
  const start = slow.clock.now();
  const work = Array.from({ length: branches }, (_, n) =>
    signal(slow.system, { run: 'r', gates: ['g'], tasks: { [`task-${n}`]: { status: 'succeeded', output: { n } } } }),
  );
  return slow.all(work).then((results) => ({
    failed: results.filter(({ status }) => status === 'rejected').length,
    seconds: (slow.clock.now() - start) / 1_000,
  }));
}

const gate = async (slow: SlowWorld) => (await slow.world.ledger.get({ partition: 'run#r', sort: 'gate#g' }))?.value;

test.each([
  { branches: 2, writes: 3, seconds: 0.1 },
  { branches: 100, writes: 600, seconds: 8 },
  { branches: 300, writes: 2_000, seconds: 16 },
])('$branches branches that end together at one gate are all recorded, in at most $writes writes', async (expected) => {
  const slow = new SlowWorld();
  const { failed, seconds } = await endTogether(slow, expected.branches);
  expect(failed).toBe(0);
  expect(Object.keys(Object((await gate(slow))?.outcomes))).toHaveLength(expected.branches);
  expect(slow.writes).toBeLessThanOrEqual(expected.writes);
  expect(seconds).toBeLessThanOrEqual(expected.seconds);
});

test('a throttled table is written once it accepts writes again', async () => {
  const slow = new SlowWorld();
  let refusals = 0;
  slow.fault = () => {
    if (slow.clock.now() > slow.world.now + 2_000) return;
    refusals += 1;
    throw Object.assign(new Error('too many'), { name: 'ProvisionedThroughputExceededException' });
  };
  expect(await endTogether(slow, 3)).toMatchObject({ failed: 0 });
  expect(refusals).toBeGreaterThan(5);
});

test('a writer that is throttled for the whole invocation gives up', async () => {
  const slow = new SlowWorld();
  slow.fault = () => {
    throw new ThroughputExceeded('g');
  };
  const { failed, seconds } = await endTogether(slow, 1);
  expect(failed).toBe(1);
  expect(seconds).toBeLessThan(25);
});

test('a write that may have taken effect is not repeated', async () => {
  const slow = new SlowWorld();
  slow.fault = () => {
    throw new Error('timed out');
  };
  expect(await endTogether(slow, 1)).toMatchObject({ failed: 1 });
  expect(slow.writes).toBe(1);
});

test.each([1, 8, 20])('%i job runs that end together start as many queued ones', async (ends) => {
  const slow = new SlowWorld();
  const { glue } = slow.world;
  glue.maxConcurrent.j = ends;
  const foreign = Array.from({ length: ends }, () => glue.foreign('j'));
  await startRun(slow.world.system, { pipeline: 'orders', cause: 'x' });
  const work = { kind: 'glue-job', job: 'j', args: {}, inject: true } as const;
  for (let n = 0; n < ends + 2; n++) {
    const call = callOf(slow.world.waitWith(`token-${n}`), { run: 'orders-x', task: `t${n}`, work });
    await startTask(slow.world.system, call);
  }
  for (const jobRunId of foreign) glue.end(jobRunId, 'SUCCEEDED');
  const told = foreign.map((jobRunId) => jobEnded(slow.system, 'j', jobRunId, 'SUCCEEDED'));
  expect((await slow.all(told)).filter(({ status }) => status === 'rejected')).toEqual([]);
  expect(glue.live()).toHaveLength(ends);
  expect((await slow.world.ledger.list('queue#glue-job#j')).items).toHaveLength(2);
});
