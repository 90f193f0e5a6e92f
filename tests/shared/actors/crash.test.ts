import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findRun } from '../../../shared/actors/kit/find-run.ts';
import { type Fate, type Script, Stage } from '../world/stage.ts';
import { World } from '../world/world.ts';

const scripts: Readonly<Record<string, { script: Script; statuses: Record<string, string>; run: string }>> = {
  'all succeed': { script: {}, statuses: { a: 'succeeded', b: 'succeeded', c: 'succeeded' }, run: 'SUCCEEDED' },
  'one succeeds at its second attempt': {
    script: { a: ['FAILED', 'SUCCEEDED'] },
    statuses: { a: 'succeeded', b: 'succeeded', c: 'succeeded' },
    run: 'SUCCEEDED',
  },
  'one fails for good': {
    script: { b: ['FAILED'] },
    statuses: { a: 'succeeded', b: 'failed', c: 'succeeded' },
    run: 'FAILED',
  },
};

const onTime = (): Fate => ({ lost: false, doubled: false, late: false });
const lost = (): Fate => ({ lost: true, doubled: false, late: false });

/** Checks every end: the outcomes, one job run for each attempt, none after a success, nothing left open. */
async function expectTheEnd(world: World, stage: Stage, expected: { statuses: Record<string, string>; run: string }) {
  const id = await stage.play();
  const statuses = Object.fromEntries(Object.entries(stage.outcomes).map(([task, { status }]) => [task, status]));
  expect(statuses).toEqual(expected.statuses);
  const stamps = world.glue.runs.map(
    ({ Arguments = {} }) => `${Arguments['--gluewright_task']} ${Arguments['--gluewright_attempt']}`,
  );
  expect(stamps.toSorted()).toEqual([...new Set(stamps)].toSorted());
  const succeeded = world.glue.runs.filter((run) => run.JobRunState === 'SUCCEEDED').map((run) => run.JobName);
  expect(succeeded.toSorted()).toEqual([...new Set(succeeded)].toSorted());
  expect((await world.open()).map(({ key }) => key.sort)).toEqual([]);
  expect(await findRun(world, id)).toMatchObject({
    status: expected.run,
    settled: true,
  });
  expect(world.sfn.executions).toHaveLength(1);
}

describe.each([
  ['all succeed', 'its events delivered again', onTime, true],
  ['one fails for good', 'its events delivered once', onTime, false],
  ['one succeeds at its second attempt', 'its events delivered again', onTime, true],
  ['one succeeds at its second attempt', 'its events delivered once', onTime, false],
  ['one succeeds at its second attempt', 'all of its events lost', lost, true],
])('a run of which %s, with %s', (which, _, fate, redeliver) => {
  test('ends the same wherever the process dies, before or after an act', async () => {
    const expected = scripts[which];
    if (expected === undefined) throw new Error(`no script ${which}`);
    const whole = new World();
    await expectTheEnd(whole, new Stage(whole, expected.script, fate, redeliver), expected);
    for (let act = 0; act < whole.acts.length; act++) {
      for (const after of [false, true]) {
        const world = new World();
        world.crashAt = { act, after };
        const where = `${whole.acts[act]} (${act}), ${after ? 'after' : 'before'}`;
        try {
          await expectTheEnd(world, new Stage(world, expected.script, fate, redeliver), expected);
        } catch (error) {
          throw new Error(`crash at ${where}`, { cause: error });
        }
      }
    }
  });
});

test('a run ends the same whatever is lost, doubled, late, throttled or dies', async () => {
  const fate = fc.record({ lost: fc.boolean(), doubled: fc.boolean(), late: fc.boolean() });
  const trouble = fc.constantFrom('crash before', 'crash after', 'error before', 'error after');
  const faults = fc.array(fc.tuple(fc.nat({ max: 150 }), trouble), { maxLength: 8 });
  const chaos = fc.record({
    which: fc.constantFrom(...Object.keys(scripts)),
    fates: fc.array(fate, { maxLength: 20 }),
    faults,
  });
  await fc.assert(
    fc.asyncProperty(chaos, async ({ which, fates, faults }) => {
      const expected = scripts[which];
      if (expected === undefined) return;
      const world = new World();
      const plan = new Map(faults);
      world.trouble = (act) => plan.get(act);
      let sent = 0;
      const stage = new Stage(world, expected.script, () => fates[sent++] ?? onTime());
      await expectTheEnd(world, stage, expected);
    }),
    { numRuns: 150 },
  );
});
