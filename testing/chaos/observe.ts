import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { present } from '../../shared/json.ts';
import type { SimulatedJobRun, SimulatedRun, SimulatedTaskWork } from '../simulated-run.ts';
import type { Simulator } from '../simulator.ts';
import type {
  ObservedCrawl,
  ObservedItem,
  ObservedJobRun,
  ObservedOther,
  ObservedRun,
  ObservedTasks,
} from './observed.ts';
import { actionOf, bareJob, clusterOf, innerJob } from './scenario-pipeline.ts';

/** Job runs without a stamp, and those of nested pipelines, name their run in an argument. Their order is counted. */
export function observeJobRuns(jobRuns: readonly SimulatedJobRun[]): readonly ObservedJobRun[] {
  const counts = new Map<string, number>();
  return jobRuns.flatMap(({ job, run, task, attempt, state, startedAt, endedAt, arguments: given }) => {
    const seen = {
      state,
      startedAt,
      ...present({ endedAt, read: given['--read'] }),
    };
    const isInner = job.startsWith(innerJob);
    if ((given['--item'] ?? '0') !== '0') return [];
    if (!isInner && run !== undefined && task !== undefined && attempt !== undefined)
      return [{ run, task, attempt, ...seen }];
    const number = (counts.get(`${given['--of']} ${job}`) ?? 0) + 1;
    counts.set(`${given['--of']} ${job}`, number);
    return [
      { run: given['--of'] ?? '', task: job.slice((isInner ? innerJob : bareJob).length), attempt: number, ...seen },
    ];
  });
}

/** Collects the job runs that belong to items of maps. */
export function observeItems(jobRuns: readonly SimulatedJobRun[]): readonly ObservedItem[] {
  return jobRuns.flatMap(({ job, state, startedAt, endedAt, arguments: given }) => {
    const { '--of': run = '', '--item': item } = given;
    if (item === undefined) return [];
    return [{ run, task: job.slice(innerJob.length), item: Number(item), state, startedAt, ...present({ endedAt }) }];
  });
}

const states = {
  running: 'RUNNING',
  stopping: 'RUNNING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  timed_out: 'TIMEOUT',
  stopped: 'STOPPED',
} as const;

/** Collects queries, containers, invocations and so on. Their input contains the run's id, their name the task's. */
export function observeWorks(works: readonly SimulatedTaskWork[]): readonly ObservedJobRun[] {
  const counts = new Map<string, number>();
  return works.flatMap(({ kind, name: named, state, startedAt, endedAt, input }) => {
    if (kind === 'crawler') return [];
    const name = taskOf(kind, named);
    const [run = ''] = /chaos-(?:first|second)(?:-r\d+)?/.exec(JSON.stringify(input)) ?? [];
    const attempt = (counts.get(`${run} ${name}`) ?? 0) + 1;
    counts.set(`${run} ${name}`, attempt);
    return [{ run, task: name, attempt, state: states[state], startedAt, ...present({ endedAt }) }];
  });
}

function taskOf(kind: string, named: string): string {
  if (kind === 'emr-step') return named.slice(clusterOf.length).toLowerCase();
  return kind === 'aws' ? named.slice(actionOf.length) : named;
}

export function observeCrawls(works: readonly SimulatedTaskWork[]): readonly ObservedCrawl[] {
  return works.flatMap(({ kind, name, state, startedAt, endedAt }) =>
    kind === 'crawler' ? [{ crawler: name, state: states[state], startedAt, ...present({ endedAt }) }] : [],
  );
}

/** The runs of nested pipelines that began a job. */
export function innerRuns(jobRuns: readonly SimulatedJobRun[]): readonly string[] {
  return [...new Set(jobRuns.flatMap(({ job, run }) => (job.startsWith(innerJob) && run !== undefined ? [run] : [])))];
}

export async function observeOthers(simulator: Simulator, ids: readonly string[]): Promise<readonly ObservedOther[]> {
  const seen: ObservedOther[] = [];
  for (const id of ids) {
    const run = await simulator.look(id);
    seen.push({ id, settled: run.settled, ...present({ endedAt: run.endedAt }), tasks: tasksOf(run) });
  }
  return seen;
}

export function tasksOf({ tasks }: SimulatedRun): ObservedTasks {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, { status: task.status, kept: task.kept }]),
  );
}

export async function observe(
  simulator: Simulator,
  pipeline: string,
  id: string,
  kind: ObservedRun['kind'],
): Promise<ObservedRun> {
  const run = await simulator.look(id);
  const { status, settled, endedAt } = run;
  const executionStatus = await executionStatusOf(simulator, pipeline, id);
  return {
    id,
    kind,
    status,
    settled,
    ...present({ endedAt, executionStatus }),
    tasks: tasksOf(run),
  };
}

async function executionStatusOf({ runtime }: Simulator, pipeline: string, id: string): Promise<string | undefined> {
  const machine = runtime.system.catalog.byName(pipeline)?.stateMachineArn ?? '';
  const describe = runtime.engine.operations.DescribeExecution;
  const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${id}`;
  try {
    const found = await describe?.(new DescribeExecutionCommand({ executionArn }).input);
    return typeof found === 'object' && found !== null && 'status' in found ? String(found.status) : undefined;
  } catch {
    return undefined;
  }
}
