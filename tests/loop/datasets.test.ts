import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVirtualClock } from '../../local/clock/virtual-clock.ts';
import { openRuntime, type Runtime } from '../../local/runtime.ts';
import { findRun } from '../../shared/actors/kit/find-run.ts';
import { startRun } from '../../shared/actors/start-run.ts';
import { runsPartition } from '../../shared/ledger/ledger-keys.ts';
import { rerun } from '../../shared/use-cases/requests/rerun.ts';
import { pipelineFrom } from '../pipeline-from.ts';

const files = [
  'pipeline: customers\ntasks: { load: { glue-job: customers, publishes: customers } }',
  'pipeline: prices\nruns: { max: 9 }\ntasks: { load: { glue-job: prices, publishes: [prices] } }',
  `pipeline: report
triggers: { upstream: { datasets: { all: [customers, prices] }, on_rerun: rerun } }
runs: { max: 9 }
params: { day: { type: date, default: "{% $interval.start %}" } }
tasks: { build: { glue-job: report } }`,
];

const pipelines = files.map((text) => pipelineFrom(text));
const jobs = Object.fromEntries(
  ['customers', 'prices', 'report'].map((name) => [
    name,
    { name, type: 'glueetl' as const, args: {}, maxConcurrentRuns: 9 },
  ]),
);
const began = Date.UTC(2026, 10, 22);

type Fate = { readonly seconds: number; readonly fails: boolean };

async function play(
  fateOf: (pipeline: string, day: string) => Fate,
  deliveries: NonNullable<Parameters<typeof openRuntime>[0]['faults']>['deliveries'],
  act: (runtime: Runtime, pass: (hours: number) => Promise<void>) => Promise<void>,
) {
  const clock = createVirtualClock(began);
  const surprises: unknown[] = [];
  const runtime = await openRuntime({
    home: ':memory:',
    clock,
    pipelines,
    jobs,
    reconcileSeconds: 1800,
    ...(deliveries === undefined ? {} : { faults: { deliveries } }),
    onSurprise: (error) => surprises.push(error),
    simulate: (run) => {
      const [name = '', day = ''] = /^(\w+)-(\d+)/.exec(run.arguments['--gluewright_run'] ?? '')?.slice(1) ?? [];
      const { seconds, fails } = fateOf(name, day);
      return { seconds, ...(fails ? { state: 'FAILED' as const } : {}) };
    },
  });
  try {
    await act(runtime, async (hours) => {
      const until = clock.now() + hours * 3_600_000;
      await clock.run(() => clock.now() >= until);
    });
    const { items } = await runtime.system.ledger.list(runsPartition('report'));
    const runs = await Promise.all(items.map(({ value }) => findRun(runtime.system, String(value.id))));
    expect(surprises).toEqual([]);
    return runs.flatMap((run) => (run === undefined ? [] : [run]));
  } finally {
    await runtime.close();
  }
}

const dayOf = (day: string) => ({ start: `2026-11-${day}T00:00:00Z`, end: `2026-11-${Number(day) + 1}T00:00:00Z` });

async function startDay({ system }: Runtime, pipeline: string, day: string) {
  const answer = await startRun(system, { pipeline, cause: day, interval: dayOf(day) });
  if (answer.is === 'refused') throw new Error(answer.problems.join());
  return answer.run.id;
}

test('each interval with both datasets gets a run, in any order and despite lost events', async () => {
  const fate = fc.record({ seconds: fc.integer({ min: 1, max: 7200 }), fails: fc.boolean() });
  const days = ['10', '11', '12'];
  const events = fc.record({ lost: fc.boolean(), doubled: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { minLength: 6, maxLength: 6 }), events, async (fates, { lost, doubled }) => {
      const fateOf = (pipeline: string, day: string) =>
        fates[days.indexOf(day) * 2 + (pipeline === 'prices' ? 1 : 0)] ?? { seconds: 1, fails: false };
      const deliveries = () => (lost ? [] : doubled ? [0, 60_000] : [0]);
      const runs = await play(fateOf, deliveries, async (runtime, pass) => {
        for (const day of days) {
          await startDay(runtime, 'prices', day);
          await startDay(runtime, 'customers', day);
        }
        await pass(12);
      });
      const expected = days.filter((day) => !fateOf('prices', day).fails && !fateOf('customers', day).fails);
      expect(runs.map((run) => run.params.day).sort()).toEqual(expected.map((day) => `2026-11-${day}`));
    }),
    { numRuns: 5 },
  );
});

test('a rerun publishes again, and the report reruns if its trigger says so', async () => {
  const runs = await play(
    () => ({ seconds: 60, fails: false }),
    undefined,
    async (runtime, pass) => {
      await startDay(runtime, 'customers', '10');
      const prices = await startDay(runtime, 'prices', '10');
      await pass(1);
      const again = await rerun(runtime.system, prices, { from: ['load'] });
      expect(again.is).toBe('run');
      await pass(1);
    },
  );
  expect(runs.map((run) => run.interval)).toEqual([dayOf('10'), dayOf('10')]);
  expect(runs.every((run) => run.status === 'SUCCEEDED' && run.depth === 1)).toBe(true);
});
