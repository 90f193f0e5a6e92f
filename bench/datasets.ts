import { parseArgs } from 'node:util';
import { createVirtualClock } from '../local/clock/virtual-clock.ts';
import { openRuntime, type Runtime } from '../local/runtime.ts';
import { findRun } from '../shared/actors/kit/find-run.ts';
import { startRun } from '../shared/actors/start-run.ts';
import { itemsOf } from '../shared/ledger/items-of.ts';
import { runsPartition } from '../shared/ledger/ledger-keys.ts';
import type { Interval } from '../shared/model/pipeline.ts';
import { readPipeline } from '../shared/pipeline/read-pipeline.ts';
import { rerun } from '../shared/use-cases/requests/rerun.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { expectedRuns, type ModelTrigger, type Published } from './dataset-model.ts';

const minute = 60_000;
const began = Date.UTC(2026, 10, 22);
const deadlineAt = began + 360 * minute;
/** The reconciler looks at deadlines, and not to the second. */
const sweepMinutes = 30;

const sources = ['a', 'b', 'c'];
const late = (otherwise: 'start' | 'skip' | 'alert') => ({
  text: `datasets: { all: [a, b, c] }, by: "06:00", otherwise: ${otherwise}`,
  model: { wanted: 3, again: false, deadline: { at: deadlineAt, otherwise } },
});
const triggers: Readonly<Record<string, { readonly text: string; readonly model: ModelTrigger }>> = {
  all: { text: 'datasets: { all: [a, b, c] }', model: { wanted: 3, again: false } },
  any: { text: 'datasets: { any: [a, b, c] }', model: { wanted: 1, again: false } },
  two: { text: 'datasets: { at_least: 2, of: [a, b, c] }, on_rerun: rerun', model: { wanted: 2, again: true } },
  again: { text: 'datasets: { all: [a, b, c] }, on_rerun: rerun', model: { wanted: 3, again: true } },
  starts: late('start'),
  skips: late('skip'),
  alerts: late('alert'),
};

const pipelines = [
  ...sources.map(
    (name) => `pipeline: ${name}
runs: { max: 900 }
defaults: { retry: { attempts: 1 } }
tasks: { load: { glue-job: load, publishes: ${name} } }`,
  ),
  ...Object.entries(triggers).map(
    ([name, { text }]) => `pipeline: ${name}
runs: { max: 900 }
triggers: { upstream: { ${text} } }
tasks: { load: { glue-job: load } }`,
  ),
].map((text) => {
  const { pipeline, problems } = readPipeline(text, 'bench.yml');
  if (pipeline === undefined) throw new Error(problems.map(({ message }) => message).join('; '));
  return pipeline;
});

export type Comparison = {
  histories: number;
  publications: number;
  runs: number;
  readonly differences: {
    readonly seed: number;
    readonly trigger: string;
    readonly expected: number;
    readonly got: number;
  }[];
};

/** Compares the runs that dataset triggers start, for random histories of upstream runs, with a simple model. */
export async function compareDatasets(histories: number, seed: number, atOnce = 50): Promise<Comparison> {
  const all: Comparison = { histories, publications: 0, runs: 0, differences: [] };
  for (let done = 0; done < histories; done += atOnce) {
    await playTogether(Math.min(atOnce, histories - done), seed + done, all);
  }
  return all;
}

/** Many histories, each for an interval of its own, in one runtime. */
async function playTogether(count: number, seed: number, all: Comparison): Promise<void> {
  const random = createRandom(seed);
  const clock = createVirtualClock(began);
  const published = new Map<string, (Published & { readonly by: string })[]>();
  const runtime = await openRuntime({
    home: ':memory:',
    clock,
    pipelines,
    jobs: { load: { name: 'load', type: 'glueetl', args: {}, maxConcurrentRuns: 9_000 } },
    reconcileSeconds: sweepMinutes * 60,
    random: random.next,
    simulate: () => ({
      seconds: random.integer(1, 7_200),
      ...(random.chance(0.2) ? { state: 'FAILED' as const } : {}),
    }),
    // Events are lost, doubled and late, so they overtake each other.
    faults: { deliveries: () => random.pick([[0], [0], [], [0, 90_000], [random.integer(0, 900_000)]]) },
    log({ message, dataset, interval, run }) {
      if (message !== 'dataset published') return;
      const known = published.get(String(interval)) ?? [];
      const again = known.some(({ by }) => by === run);
      if (!again) known.push({ dataset: String(dataset), at: clock.now(), by: String(run) });
      published.set(String(interval), known);
    },
  });
  try {
    const intervals = Array.from({ length: count }, (_, at) => intervalOf(at));
    for (const { at, act } of intervals
      .flatMap((interval) => historyOf(interval, random))
      .sort((x, y) => x.at - y.at)) {
      await clock.run(() => clock.now() >= at);
      await act(runtime);
    }
    const end = clock.now() + 240 * minute;
    await clock.run(() => clock.now() >= end);
    for (const [name, { model }] of Object.entries(triggers)) {
      const runs = await runsByInterval(runtime, name);
      for (const interval of intervals) {
        const publications = published.get(keyOf(interval)) ?? [];
        const got = runs.get(interval.end) ?? 0;
        const expected = expectedRuns(model, publications);
        if (name === 'all') all.publications += publications.length;
        all.runs += got;
        if (got === expected || isAtTheDeadline(model, publications)) continue;
        all.differences.push({ seed, trigger: name, expected, got });
      }
    }
  } finally {
    await runtime.close();
  }
}

type Act = { readonly at: number; readonly act: (runtime: Runtime) => Promise<void> };

/** A run of each source or none, requested once or twice, and its reruns. */
function historyOf(interval: Interval, random: Random): Act[] {
  return sources.flatMap((pipeline): Act[] => {
    if (random.chance(0.1)) return [];
    let latest = '';
    const first: Act['act'] = async ({ system }) => {
      const answer = await startRun(system, { pipeline, cause: interval.end, interval });
      if (answer.is === 'run' && !answer.again) latest = answer.run.id;
    };
    const once = async ({ system }: Runtime) => {
      const answer = await rerun(system, latest, { from: ['load'] });
      if (answer.is === 'run') latest = answer.run.id;
    };
    const at = began + random.integer(0, 480) * minute;
    const later = () => at + random.integer(0, 720) * minute;
    return [
      { at, act: first },
      ...(random.chance(0.2) ? [{ at: later(), act: first }] : []),
      ...Array.from({ length: random.pick([0, 0, 1, 2]) }, () => ({ at: later(), act: once })),
    ];
  });
}

function intervalOf(at: number): Interval {
  const iso = (time: number): string => new Date(time).toISOString();
  return { start: iso(began - 24 * 60 * minute), end: iso(began + at * 1_000) };
}

function keyOf({ start, end }: Interval): string {
  return `${start}/${end}`;
}

async function runsByInterval({ system }: Runtime, pipeline: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const { value } of itemsOf(system.ledger, runsPartition(pipeline))) {
    const end = (await findRun(system, String(value.id)))?.interval?.end ?? '';
    counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  return counts;
}

/** Publications around the reconciler's look count as early or late. */
function isAtTheDeadline({ deadline }: ModelTrigger, publications: readonly Published[]): boolean {
  if (deadline === undefined) return false;
  return publications.some(({ at }) => at >= deadline.at && at < deadline.at + 2 * sweepMinutes * minute);
}

/** Prints the number of comparisons, and each trigger with too many or too few runs. */
export async function datasets(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { histories: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' } },
  });
  const seed = Number(values.seed ?? 1);
  const started = performance.now();
  const { differences, ...figures } = await compareDatasets(Number(values.histories ?? 10_000), seed);
  const seconds = (performance.now() - started) / 1_000;
  if (values.json) console.log(JSON.stringify({ seed, ...figures, differences, seconds }));
  else {
    const { histories, publications, runs } = figures;
    console.log(`${histories} histories, ${publications} publications, ${runs} runs, seed ${seed}`);
    for (const each of differences)
      console.log(`${each.trigger}: ${each.got} runs, expected ${each.expected} (seed ${each.seed})`);
    console.log(`${differences.length} differ; ${seconds.toFixed(1)} s`);
  }
  if (differences.length > 0) process.exitCode = 1;
}
