import { createHash } from 'node:crypto';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import type { Pipeline } from '../../shared/pipeline/pipeline.ts';
import { readPipelineValue } from '../../shared/pipeline/read-pipeline.ts';
import type { RerunHow } from '../../shared/runs/plan-rerun.ts';
import type { JobBehaviours } from '../job-behaviour.ts';
import { openSimulator, type Simulator } from '../simulator.ts';
import type { Observed, ObservedRun } from './observed.ts';
import { type Ending, type Rerun, type Scenario, timeoutSeconds } from './scenario.ts';

const day = 86_400;
const states = { SUCCEEDED: 'SUCCEEDED', FAILED: 'FAILED', ERROR: 'ERROR', STOPPED: 'STOPPED' } as const;
/** Smaller than Step Functions' limits. */
const smallRoom = { bytes: 14_000, events: 280 };

export async function playScenario(scenario: Scenario): Promise<Observed> {
  const { stop, rerun } = scenario;
  const pipeline = pipelineOf(scenario);
  const simulator = await openSimulator([pipeline], {
    seed: scenario.seed,
    jobs: jobsOf(scenario),
    maxConcurrentRuns: { one: scenario.maxConcurrentRuns, other: scenario.maxConcurrentRuns },
    reconcileSeconds: 240,
    ...(Object.keys(scenario.faults).length === 0 ? {} : { faults: scenario.faults }),
    ...(scenario.split ? { room: smallRoom } : {}),
  });
  try {
    const runs: { id: string; kind: ObservedRun['kind'] }[] = [];
    const ask = async (cause: 'first' | 'second'): Promise<string> => {
      const answer = await simulator.startRun({ pipeline: pipeline.name, cause });
      if (answer.is === 'refused') throw new Error(answer.problems.join('; '));
      runs.push({ id: answer.run.id, kind: cause });
      return answer.run.id;
    };
    const first = await ask('first');
    if (scenario.second) await ask('second');

    let stopAt: number | undefined;
    if (stop !== undefined && stop.how !== 'deadline') {
      await simulator.pass(stop.at);
      stopAt = simulator.seconds();
      if (stop.how === 'asked') await simulator.stopRun(first);
      else await simulator.abortExecution(first);
    }
    await simulator.finish([first], 2 * day);
    const stoppedAt = simulator.seconds();
    let rerunRefused: boolean | undefined;
    if (rerun !== undefined) {
      const answer = await simulator.rerun(first, howOf(rerun));
      rerunRefused = answer.is === 'refused';
      if (answer.is === 'run') runs.push({ id: answer.run.id, kind: 'rerun' });
    }
    await simulator.finish(
      runs.map(({ id }) => id),
      4 * day,
    );
    // whatever is late comes now
    await simulator.pass(1_200);
    return {
      runs: await Promise.all(runs.map(({ id, kind }) => observe(simulator, pipeline.name, id, kind))),
      jobRuns: (await simulator.jobRuns()).flatMap(({ run, task, attempt, state, startedAt, endedAt }) =>
        run === undefined || task === undefined || attempt === undefined
          ? []
          : [{ run, task, attempt, state, startedAt, ...(endedAt === undefined ? {} : { endedAt }) }],
      ),
      ...(stopAt === undefined ? {} : { stopAt }),
      stoppedAt,
      ...(rerunRefused === undefined ? {} : { rerunRefused }),
      surprises: simulator.surprises.map((error) =>
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      ),
      digest: createHash('sha256')
        .update(JSON.stringify([simulator.history, simulator.faults]))
        .digest('hex'),
    };
  } finally {
    simulator.close();
  }
}

async function observe(
  simulator: Simulator,
  pipeline: string,
  id: string,
  kind: ObservedRun['kind'],
): Promise<ObservedRun> {
  const { status, settled, endedAt, tasks } = await simulator.look(id);
  const executionStatus = await executionStatusOf(simulator, pipeline, id);
  return {
    id,
    kind,
    status,
    settled,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(executionStatus === undefined ? {} : { executionStatus }),
    tasks: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [name, { status: task.status, kept: task.kept }]),
    ),
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

function howOf({ how, task }: Rerun): RerunHow {
  switch (how) {
    case 'failed':
      return { failed: true };
    case 'from':
      return { from: [task] };
    case 'only':
      return { only: [task] };
    case 'skip':
      return { skip: [task] };
    case 'succeeded':
      return { markSucceeded: [task] };
  }
}

export function jobsOf({ tasks }: Scenario): JobBehaviours {
  return Object.fromEntries(
    tasks.map(({ name, seconds, endings }) => [name, endings.map((ending) => jobEnd(ending, seconds))]),
  );
}

function jobEnd(ending: Ending, seconds: number) {
  return ending === 'LONG' ? { seconds: 20_000 } : { seconds, state: states[ending] };
}

export function pipelineOf(scenario: Scenario): Pipeline {
  const { tasks, stop, seed } = scenario;
  const written = tasks.map(({ name, after, when, tolerate, skipped, attempts, job }) => [
    name,
    {
      'glue-job': job,
      ...(after.length === 0 ? {} : { after, when }),
      ...(skipped ? { if: '{% 1 = 2 %}' } : {}),
      ...(tolerate ? { tolerate } : {}),
      retry: { attempts, delay: '10s', backoff: 1 },
      timeout: `${timeoutSeconds(scenario)}s`,
    },
  ]);
  const deadline = stop?.how === 'deadline' ? `${stop.at}s` : '3d';
  const value = { pipeline: 'chaos', runs: { deadline }, tasks: Object.fromEntries(written) };
  const { pipeline, problems } = readPipelineValue(value, `seed ${seed}`);
  if (pipeline === undefined) throw new Error(JSON.stringify(problems));
  return pipeline;
}
