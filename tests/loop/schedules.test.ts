import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../local/clock/virtual-clock.ts';
import { openRuntime, type Runtime } from '../../local/runtime.ts';
import { findRun } from '../../shared/actors/kit/find-run.ts';
import { runsPartition } from '../../shared/ledger/ledger-keys.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import type { Catchup } from '../../shared/model/trigger.ts';
import type { RunRecord } from '../../shared/runs/run/run-record.ts';
import { pausePipeline, resumePipeline } from '../../shared/use-cases/requests/pause-pipeline.ts';
import { pipelineFrom } from '../pipeline-from.ts';

const hour = 3_600_000;
const day = 24 * hour;

function nightly(catchup: Catchup, cron = '0 3 * * ? *'): Pipeline {
  return pipelineFrom(`pipeline: nightly
params: { day: { type: date, default: "{% $interval.start %}" } }
triggers:
  night: { schedule: "cron(${cron})", timezone: Europe/Berlin, interval: day, catchup: ${catchup} }
tasks: { load: { glue-job: load, args: { day: "{% $params.day %}" } } }
`);
}

function steady(rate: string, catchup: Catchup): Pipeline {
  return pipelineFrom(`pipeline: steady
runs: { max: 20 }
triggers: { tick: { schedule: "rate(${rate})", interval: schedule, catchup: ${catchup} } }
tasks: { load: { glue-job: load } }
`);
}

type World = {
  readonly runtime: Runtime;
  pass(milliseconds: number): Promise<void>;
  runs(): Promise<RunRecord[]>;
};

type Stage = { readonly home?: string; readonly reconcileSeconds?: number };

const jobs = { load: { name: 'load', type: 'glueetl', args: {}, maxConcurrentRuns: 20 } } as const;

/** Runs a nightly pipeline on the virtual clock, from `start` on. */
function play(start: string, catchup: Catchup, act: (world: World) => Promise<void>, cron?: string): Promise<void> {
  return playOf(nightly(catchup, cron), start, act);
}

async function playOf(
  pipeline: Pipeline,
  start: string,
  act: (world: World) => Promise<void>,
  { home = ':memory:', reconcileSeconds = 1800 }: Stage = {},
): Promise<void> {
  const clock = createVirtualClock(Date.parse(start));
  const surprises: unknown[] = [];
  const runtime = await openRuntime({
    home,
    clock,
    pipelines: [pipeline],
    jobs,
    simulate: () => ({ seconds: 10 }),
    reconcileSeconds,
    onSurprise: (error) => surprises.push(error),
  });
  const pass = async (milliseconds: number) => {
    const until = clock.now() + milliseconds;
    clock.at(until, () => undefined);
    await clock.run(() => clock.now() >= until);
  };
  const runs = async () => {
    const { items } = await runtime.system.ledger.list(runsPartition());
    const found = await Promise.all(items.map(({ value }) => findRun(runtime.system, String(value.id))));
    return found.flatMap((run) => (run === undefined ? [] : [run]));
  };
  try {
    await act({ runtime, pass, runs });
    expect(surprises).toEqual([]);
  } finally {
    await runtime.close();
  }
}

test('a month of nightly runs across a clock change has one run for each day', async () => {
  await play('2026-03-14T12:00:00Z', 'latest', async ({ pass, runs }) => {
    await pass(31 * day);
    const found = await runs();
    expect(found).toHaveLength(31);
    expect(found.every((run) => run.status === 'SUCCEEDED')).toBe(true);
    const days = Array.from({ length: 31 }, (_, at) => new Date(Date.UTC(2026, 2, 14 + at)).toISOString().slice(0, 10));
    expect(found.map((run) => run.params.day)).toEqual(days);
    const short = found.find((run) => run.params.day === '2026-03-29');
    expect(short?.interval).toEqual({ start: '2026-03-29T00:00:00+01:00', end: '2026-03-30T00:00:00+02:00' });
    expect(short?.id).toMatch(/^nightly-night-2026-03-29-[0-9a-z]{25}$/);
    expect(short?.trigger).toMatchObject({
      kind: 'schedule',
      name: 'night',
      scheduledTime: '2026-03-30T03:00:00+02:00',
    });
  });
});

describe.each([
  ['none', ['21', '26']],
  ['latest', ['21', '25', '26']],
  ['all', ['21', '22', '23', '24', '25', '26']],
] as const)('nights that were missed during a pause, with catchup %s', (catchup, expected) => {
  test('run after the resume as far as catchup says', async () => {
    await play('2026-11-21T12:00:00Z', catchup, async ({ runtime, pass, runs }) => {
      await pass(day);
      await pausePipeline(runtime.system, 'nightly', 'night');
      await pass(4 * day);
      expect(await runs()).toHaveLength(1);
      await resumePipeline(runtime.system, 'nightly', { trigger: 'night', drop: false });
      await pass(day);
      expect((await runs()).map((run) => String(run.params.day).slice(-2)).sort()).toEqual(expected);
    });
  });
});

test.each([
  ['latest', ['26', '27', '28', '29']],
  ['all', ['26', '27', '28', '29']],
  ['none', ['26', '27', '29']],
] as const)('a day whose time the clocks skip runs soon after, with catchup %s', async (catchup, expected) => {
  const act = async ({ pass, runs }: { pass(time: number): Promise<void>; runs(): Promise<RunRecord[]> }) => {
    await pass(4 * day);
    const found = await runs();
    expect(found.map((run) => String(run.params.day).slice(-2))).toEqual(expected);
    const skipped = found.find((run) => run.params.day === '2026-03-28');
    if (catchup !== 'none') expect(skipped?.createdAt).toBeLessThan(Date.parse('2026-03-29T01:40:00Z'));
  };
  await play('2026-03-26T12:00:00Z', catchup, act, '30 2 * * ? *');
});

test('missed nights do not run if they are dropped', async () => {
  await play('2026-11-21T12:00:00Z', 'all', async ({ runtime, pass, runs }) => {
    await pausePipeline(runtime.system, 'nightly');
    await pass(4 * day);
    await resumePipeline(runtime.system, 'nightly', { drop: true });
    await pass(day);
    expect((await runs()).map((run) => run.params.day)).toEqual(['2026-11-25']);
  });
});

describe('a rate', () => {
  const minute = 60_000;
  /** `00:30 – 01:30`: each run's interval in its time zone. */
  const intervals = (found: readonly RunRecord[]) =>
    found.map(({ interval }) => `${interval?.start.slice(11, 19)} – ${interval?.end.slice(11, 19)}`);

  test('keeps its phase after a redeployment and after a restart', async () => {
    const home = mkdtempSync(join(tmpdir(), 'gluewright-'));
    const pipeline = steady('1 minute', 'all');
    await playOf(
      pipeline,
      '2026-11-22T11:38:06.400Z',
      async ({ runtime, pass, runs }) => {
        await pass(1.5 * minute);
        await runtime.deploy({ pipelines: [pipeline], jobs });
        await pass(minute);
        expect(intervals(await runs())).toEqual(['11:38:06 – 11:39:06', '11:39:06 – 11:40:06']);
      },
      { home },
    );
    await playOf(
      pipeline,
      '2026-11-22T11:40:50.900Z',
      async ({ pass, runs }) => {
        await pass(minute);
        expect(intervals(await runs()).slice(2)).toEqual(['11:40:06 – 11:41:06']);
      },
      { home },
    );
    rmSync(home, { recursive: true });
  });

  test.each([
    ['1 minute', '2026-11-22T11:36:30Z', '11:35:00 – 11:36:00'],
    ['1 hour', '2026-11-22T13:21:30Z', '12:20:00 – 13:20:00'],
  ])('of %s has one run, for the latest missed time, after the machine was off', async (rate, back, expected) => {
    const home = mkdtempSync(join(tmpdir(), 'gluewright-'));
    const pipeline = steady(rate, 'latest');
    let before = 0;
    const first = async ({ pass, runs }: World) => {
      await pass(1.5 * minute);
      before = (await runs()).length;
    };
    await playOf(pipeline, '2026-11-22T11:20:00Z', first, { home });
    const second = async ({ pass, runs }: World) => {
      await pass(minute / 4);
      expect(intervals((await runs()).slice(before))).toEqual([expected]);
      await pass(10 * minute);
      expect((await runs()).length).toBe(before + (rate === '1 minute' ? 11 : 1));
    };
    await playOf(pipeline, back, second, { home, reconcileSeconds: 60 });
    rmSync(home, { recursive: true });
  });

  test('counts from its deployment, even if it was paused right after', async () => {
    const pipeline = steady('1 minute', 'all');
    await playOf(pipeline, '2026-11-22T12:00:10Z', async ({ runtime, pass, runs }) => {
      await pausePipeline(runtime.system, 'steady', 'tick');
      await pass(3.5 * minute);
      await resumePipeline(runtime.system, 'steady', { trigger: 'tick', drop: false });
      await pass(minute / 4);
      expect(intervals(await runs())).toEqual(['12:00:10 – 12:01:10', '12:01:10 – 12:02:10', '12:02:10 – 12:03:10']);
    });
  });

  test.each([
    ['1 minute', 14, '11:34:00 – 11:35:00', 60],
    ['1 minute', 14, '11:34:00 – 11:35:00', 3600],
    ['1 hour', 120, '12:20:00 – 13:20:00', 60],
  ])(
    'of %s that was paused for %d minutes has one run, for the latest missed time',
    async (rate, minutes, expected, reconcileSeconds) => {
      await playOf(
        steady(rate, 'latest'),
        '2026-11-22T11:20:00Z',
        async ({ runtime, pass, runs }) => {
          await pass(1.5 * minute);
          const before = (await runs()).length;
          await pausePipeline(runtime.system, 'steady', 'tick');
          await pass(minutes * minute);
          await resumePipeline(runtime.system, 'steady', { trigger: 'tick', drop: false });
          await pass(minute / 4);
          expect(intervals((await runs()).slice(before))).toEqual([expected]);
          await pass(10 * minute);
          expect((await runs()).length).toBe(before + (rate === '1 minute' ? 11 : 1));
        },
        { reconcileSeconds },
      );
    },
  );
});
