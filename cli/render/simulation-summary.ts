import { present } from '../../shared/json.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { duration } from '../../shared/views/duration.ts';
import { lastLine } from '../../shared/views/last-line.ts';
import { plainCause } from '../../shared/views/why/plain-cause.ts';
import type { Simulation } from '../../testing/simulate.ts';
import { table } from './table.ts';

/** Times are seconds; medians of several runs. */
export type SimulationSummary = {
  readonly runs: number;
  /** Number of runs by final status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly makespan: { readonly least: number; readonly median: number; readonly p95: number; readonly most: number };
  /** Number of runs longer than `runs.late`. Absent: the pipeline does not set it. */
  readonly late?: { readonly seconds: number; readonly runs: number };
  readonly tasks: readonly TaskSummary[];
};

export type TaskSummary = {
  readonly name: string;
  /** Number of runs by the task's final status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** When its job first started. Absent: never. */
  readonly startedAt?: number;
  readonly jobRuns: number;
  /** Its upstream task that ended last, in the median run. */
  readonly waitsFor?: string;
  /** Why it failed, in the first run in which it did. */
  readonly error?: string;
  readonly cause?: string;
};

export function summarise(pipeline: Pipeline, simulations: readonly Simulation[]): SimulationSummary {
  const seconds = simulations.map((simulation) => simulation.seconds).sort((one, other) => one - other);
  const at = (share: number): number => seconds[Math.max(0, Math.ceil(share * seconds.length) - 1)] ?? Number.NaN;
  const typical = simulations.find((simulation) => simulation.seconds === at(0.5));
  const { lateSeconds } = pipeline.runs;
  return {
    runs: simulations.length,
    statuses: count(simulations.map(({ status }) => status)),
    makespan: { least: at(0), median: at(0.5), p95: at(0.95), most: at(1) },
    ...(lateSeconds === undefined
      ? {}
      : { late: { seconds: lateSeconds, runs: seconds.filter((each) => each > lateSeconds).length } }),
    tasks: pipeline.tasks.map(({ name, after }) => {
      const seen = simulations.map(({ tasks }) => tasks[name]);
      const starts = seen.flatMap((task) => task?.jobRuns[0]?.startedAt ?? []).sort((one, other) => one - other);
      const startedAt = starts[Math.ceil(starts.length / 2) - 1];
      const failed = seen.find((task) => task?.error !== undefined && task.status !== 'upstream_failed');
      const waitsFor = typical === undefined ? undefined : lastOf(typical, after);
      return {
        name,
        statuses: count(seen.map((task) => task?.status ?? 'not_run')),
        ...present({ startedAt }),
        jobRuns: seen.reduce((sum, task) => sum + (task?.jobRuns.length ?? 0), 0),
        ...present({ waitsFor }),
        ...(failed?.error === undefined ? {} : { error: failed.error }),
        ...(failed?.cause === undefined ? {} : { cause: failed.cause }),
      };
    }),
  };
}

function lastOf({ tasks }: Simulation, names: readonly string[]): string | undefined {
  const ends = names.map((name) => ({ name, at: tasks[name]?.jobRuns.at(-1)?.endedAt ?? 0 }));
  return ends.sort((one, other) => other.at - one.at)[0]?.name;
}

function count(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

export function simulationLines({ runs, statuses, makespan, late, tasks }: SimulationSummary): readonly string[] {
  const time = (seconds: number): string => duration(seconds * 1_000);
  const { least, median, p95, most } = makespan;
  const spread =
    runs === 1 ? time(median) : `${time(least)} to ${time(most)}, median ${time(median)}, p95 ${time(p95)}`;
  const rows = tasks.map((task) => [
    task.name,
    words(task.statuses, runs),
    task.startedAt === undefined ? '' : `+${time(task.startedAt)}`,
    String(task.jobRuns),
    task.waitsFor ?? '',
  ]);
  const titles = ['TASK', 'ENDS', 'STARTS', 'JOB RUNS', 'WAITS LAST FOR'].map((title) => ({ title }));
  const tooLong =
    late === undefined ? '' : `; ${late.runs === 0 ? 'none' : late.runs} late, after ${time(late.seconds)}`;
  const failures = tasks.flatMap(({ name, error, cause }) => {
    return error === undefined
      ? []
      : [`${name}: ${error}${cause === undefined ? '' : `, ${lastLine(plainCause(cause))}`}`];
  });
  return [
    `${words(statuses, runs)} in ${spread}${tooLong}`,
    '',
    ...table(titles, rows),
    ...(failures.length > 0 ? ['', ...failures] : []),
  ];
}

/** `succeeded` if that is always the result, otherwise `98 succeeded, 2 failed`. */
function words(statuses: Readonly<Record<string, number>>, runs: number): string {
  const entries = Object.entries(statuses).sort(([, one], [, other]) => other - one);
  return entries.map(([word, times]) => (times === runs ? word : `${times} ${word}`).replaceAll('_', ' ')).join(', ');
}
