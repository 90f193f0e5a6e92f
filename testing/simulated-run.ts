import type { JobRun } from '@aws-sdk/client-glue';
import type { LocalWork } from '../local/work/local-work.ts';
import { type JsonObject, present } from '../shared/json.ts';
import type { TaskStatus } from '../shared/model/join-rule.ts';
import type { Outcomes } from '../shared/protocol/outcome.ts';
import type { RunRecord, RunStatus } from '../shared/runs/run/run-record.ts';

/** A job run as Glue reports it. Times are seconds since the simulation's start. */
export type SimulatedJobRun = {
  readonly id: string;
  readonly job: string;
  readonly state: string;
  readonly startedAt: number;
  /** Absent: it is still running. */
  readonly endedAt?: number;
  /** Absent: it is not Gluewright's. */
  readonly run?: string;
  readonly task?: string;
  readonly attempt?: number;
  /** Names with `--`, as the job sees them. */
  readonly arguments: Readonly<Record<string, string>>;
};

/** Work of another kind than a Glue job. Times are seconds since the simulation's start. */
export type SimulatedTaskWork = {
  readonly kind: string;
  /** The name of what ran, such as a crawler's. */
  readonly name: string;
  readonly state: LocalWork['state'];
  readonly startedAt: number;
  /** Absent: it is still running. */
  readonly endedAt?: number;
  /** The input of the service's call. */
  readonly input: JsonObject;
};

export function simulatedTaskWork(work: LocalWork, start: number): SimulatedTaskWork {
  const { kind, name, state, input, startedOn, endedOn } = work;
  const since = (time: number): number => (time - start) / 1_000;
  const endedAt = endedOn === undefined ? undefined : since(endedOn);
  return { kind, name, state, input, startedAt: since(startedOn), ...present({ endedAt }) };
}

export type SimulatedTask = {
  /** `not_run`: the run ended before the task started. */
  readonly status: TaskStatus | 'not_run';
  /** The outcome comes from an earlier run. */
  readonly kept: boolean;
  readonly tolerated: boolean;
  /** Why the task itself failed: the error's name and its message. */
  readonly error?: string;
  readonly cause?: string;
  readonly jobRuns: readonly SimulatedJobRun[];
};

/** A run and all its work. Times are seconds since the simulation's start. */
export type SimulatedRun = {
  readonly id: string;
  readonly status: RunStatus;
  /** The run is over, and none of its work is running. */
  readonly settled: boolean;
  readonly askedAt: number;
  readonly endedAt?: number;
  /** Seconds from the request to the end. */
  readonly seconds: number;
  readonly error?: string;
  readonly tasks: Readonly<Record<string, SimulatedTask>>;
  readonly jobRuns: readonly SimulatedJobRun[];
};

export function simulatedJobRun(run: JobRun, start: number): SimulatedJobRun {
  const given = run.Arguments ?? {};
  const [id, task, attempt] = ['run', 'task', 'attempt'].map((name) => given[`--gluewright_${name}`]);
  return {
    id: run.Id ?? '',
    job: run.JobName ?? '',
    state: run.JobRunState ?? '',
    arguments: given,
    startedAt: ((run.StartedOn?.getTime() ?? Number.NaN) - start) / 1_000,
    ...(run.CompletedOn === undefined ? {} : { endedAt: (run.CompletedOn.getTime() - start) / 1_000 }),
    ...present({ run: id, task }),
    ...(attempt === undefined ? {} : { attempt: Number(attempt) }),
  };
}

/** @param start epoch milliseconds of the simulation's start */
export function simulatedRun(
  run: RunRecord,
  outcomes: Outcomes,
  jobRuns: readonly SimulatedJobRun[],
  start: number,
): SimulatedRun {
  const names = new Set([...Object.keys(outcomes), ...jobRuns.flatMap(({ task }) => task ?? [])]);
  const tasks = [...names].map((name): [string, SimulatedTask] => {
    const outcome = outcomes[name];
    return [
      name,
      {
        status: outcome?.status ?? 'not_run',
        kept: outcome?.kept === true,
        tolerated: outcome?.tolerated === true,
        ...(outcome?.error === undefined ? {} : { error: outcome.error }),
        ...(outcome?.cause === undefined ? {} : { cause: outcome.cause }),
        jobRuns: jobRuns.filter(({ task }) => task === name),
      },
    ];
  });
  const { id, status, settled, createdAt, endedAt, error } = run;
  return {
    id,
    status,
    settled,
    askedAt: (createdAt - start) / 1_000,
    ...(endedAt === undefined ? {} : { endedAt: (endedAt - start) / 1_000 }),
    seconds: ((endedAt ?? Number.NaN) - createdAt) / 1_000,
    ...present({ error }),
    tasks: Object.fromEntries(tasks),
    jobRuns,
  };
}
