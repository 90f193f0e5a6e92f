import { openRuntime, type RuntimeOptions } from '../../local/runtime.ts';
import { createVirtualClock } from '../../local/virtual-clock.ts';
import { findRun } from '../../shared/aws/find-run.ts';
import { startRun } from '../../shared/aws/start-run.ts';
import type { Pipeline } from '../../shared/pipeline/pipeline.ts';
import type { Outcomes } from '../../shared/runs/outcome.ts';
import type { RunRecord } from '../../shared/runs/run-record.ts';

export type Played = {
  readonly run: RunRecord;
  /** Seconds since the run's start, for each task whose job was started: each of its job runs. */
  readonly starts: ReadonlyMap<string, readonly number[]>;
  readonly seconds: number;
};

const began = Date.UTC(2026, 0, 1);

/** Runs a pipeline once through the whole loop, on the virtual clock and with simulated jobs. */
export async function play(
  pipeline: Pipeline,
  jobs: RuntimeOptions['jobs'],
  simulate: NonNullable<RuntimeOptions['simulate']>,
  { keep, ...options }: { keep?: Outcomes; room?: NonNullable<RuntimeOptions['room']> } = {},
): Promise<Played> {
  const clock = createVirtualClock(began);
  const starts = new Map<string, number[]>();
  const surprises: unknown[] = [];
  const runtime = await openRuntime({
    home: ':memory:',
    clock,
    pipelines: [pipeline],
    jobs,
    ...options,
    onSurprise: (error) => surprises.push(error),
    simulate: (run) => {
      const task = run.arguments['--gluewright_task'] ?? '';
      starts.set(task, [...(starts.get(task) ?? []), (clock.now() - began) / 1_000]);
      return simulate(run);
    },
  });
  try {
    const request = { pipeline: pipeline.name, cause: 'test', ...(keep === undefined ? {} : { keep }) };
    const answer = await startRun(runtime.system, request);
    if (answer.is === 'refused') throw new Error(answer.problems.join('; '));
    let run = answer.run;
    let endedAt = Number.POSITIVE_INFINITY;
    runtime.bus.addRule({
      name: 'test',
      pattern: { source: ['aws.states'], detail: { name: [run.id], status: [{ 'anything-but': 'RUNNING' }] } },
      target: async () => {
        endedAt = clock.now();
      },
    });
    await clock.run(() => endedAt < Number.POSITIVE_INFINITY || clock.now() - began > 3 * 86_400_000);
    await clock.run(() => clock.now() > endedAt); // whatever is told of the end at the same time
    run = (await findRun(runtime.system, run.id)) ?? run;
    if (surprises.length > 0) throw surprises[0];
    return { run, starts, seconds: ((run.endedAt ?? Number.NaN) - began) / 1_000 };
  } finally {
    await runtime.close();
  }
}
