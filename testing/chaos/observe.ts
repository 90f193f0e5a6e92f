import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { present } from '../../shared/json.ts';
import type { SimulatedJobRun, SimulatedRun } from '../simulated-run.ts';
import type { Simulator } from '../simulator.ts';
import type { ObservedJobRun, ObservedRun, ObservedTasks } from './observed.ts';
import { bareJob } from './scenario-pipeline.ts';

/** Job runs without a stamp name their run in an argument, and their attempts are counted in order. */
export function observeJobRuns(jobRuns: readonly SimulatedJobRun[]): readonly ObservedJobRun[] {
  const counts = new Map<string, number>();
  return jobRuns.flatMap(({ job, run, task, attempt, state, startedAt, endedAt, arguments: given }) => {
    const seen = {
      state,
      startedAt,
      ...present({ endedAt, read: given['--read'] }),
    };
    if (run !== undefined && task !== undefined && attempt !== undefined) return [{ run, task, attempt, ...seen }];
    const number = (counts.get(`${given['--of']} ${job}`) ?? 0) + 1;
    counts.set(`${given['--of']} ${job}`, number);
    return [{ run: given['--of'] ?? '', task: job.slice(bareJob.length), attempt: number, ...seen }];
  });
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
