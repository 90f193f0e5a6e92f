import { createHash } from 'node:crypto';
import { present } from '../../shared/json.ts';
import type { RerunHow } from '../../shared/runs/run/plan-rerun.ts';
import { used } from '../../shared/tasks/kinds.ts';
import { openSimulator } from '../simulator.ts';
import { fillWithWaits } from './fill-with-waits.ts';
import { observe, observeJobRuns, tasksOf } from './observe.ts';
import type { Observed, ObservedRun, ObservedTasks } from './observed.ts';
import type { Rerun, Scenario } from './scenario.ts';
import { jobsOf, pipelineOf } from './scenario-pipeline.ts';

const day = 86_400;
/** Smaller than Step Functions' limits. */
const smallRoom = { bytes: 14_000, events: 280 };

export async function playScenario(scenario: Scenario): Promise<Observed> {
  const { stop, rerun } = scenario;
  const pipeline = pipelineOf(scenario);
  const simulator = await openSimulator([pipeline], {
    seed: scenario.seed,
    jobs: jobsOf(scenario),
    maxConcurrentRuns: Object.fromEntries(
      pipeline.tasks.flatMap((task) => used('job', task).map((job) => [job, scenario.maxConcurrentRuns])),
    ),
    reconcileSeconds: scenario.stress === undefined ? 240 : 60,
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
    if (scenario.stress === 'late') await fillWithWaits(simulator.runtime.system.ledger);
    const first = await ask('first');
    if (scenario.second) await ask('second');

    if (stop !== undefined && stop.how !== 'deadline') {
      await simulator.pass(stop.at);
      if (stop.how === 'asked') await simulator.stopRun(first);
      else await simulator.abortExecution(first);
    }
    await simulator.finish([first], 2 * day);
    let rerunRefused: boolean | undefined;
    let tasksBefore: ObservedTasks | undefined;
    if (rerun !== undefined) {
      tasksBefore = tasksOf(await simulator.look(first));
      const answer = await simulator.rerun(first, howOf(rerun));
      rerunRefused = answer.is === 'refused';
      if (answer.is === 'run') runs.push({ id: answer.run.id, kind: 'rerun' });
    }
    await simulator.finish(
      runs.map(({ id }) => id),
      4 * day,
    );
    // delayed events arrive now
    await simulator.pass(1_200);
    // in sequence: each look pauses the faults, and resumes them at its end
    const observed: ObservedRun[] = [];
    for (const { id, kind } of runs) observed.push(await observe(simulator, pipeline.name, id, kind));
    return {
      runs: observed,
      jobRuns: observeJobRuns(await simulator.jobRuns()),
      ...present({ tasksBefore, rerunRefused }),
      stops: simulator.history.flatMap(({ message, ids }) =>
        message === 'work stop asked for' && Array.isArray(ids) ? [ids.map(String)] : [],
      ),
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
