import { createHash } from 'node:crypto';
import { present } from '../../shared/json.ts';
import type { RerunHow } from '../../shared/runs/run/plan-rerun.ts';
import { used } from '../../shared/tasks/kinds.ts';
import { openSimulator, type Simulator } from '../simulator.ts';
import { poolName } from './draw-pool.ts';
import { fillWithWaits } from './fill-with-waits.ts';
import {
  innerRuns,
  observe,
  observeCrawls,
  observeItems,
  observeJobRuns,
  observeOthers,
  observeWorks,
  tasksOf,
} from './observe.ts';
import type { Observed, ObservedDecision, ObservedRun, ObservedTasks } from './observed.ts';
import type { Rerun, Scenario } from './scenario.ts';
import { innerJob, jobsOf, neighbourName, objectOf, pipelinesOf } from './scenario-pipeline.ts';

const day = 86_400;
/** Smaller than Step Functions' limits. */
const smallRoom = { bytes: 14_000, events: 280 };

export async function playScenario(scenario: Scenario): Promise<Observed> {
  const { rerun } = scenario;
  const pipelines = pipelinesOf(scenario);
  const [pipeline] = pipelines;
  const simulator = await openSimulator(pipelines, {
    seed: scenario.seed,
    jobs: jobsOf(scenario),
    maxConcurrentRuns: Object.fromEntries(
      pipelines
        .flatMap(({ tasks }) => tasks)
        .flatMap((task) => used('job', task))
        // Jobs of nested runs never wait for a slot: a delayed job would look like the next attempt's.
        .map((job) => [job, job.startsWith(innerJob) ? 100 : scenario.maxConcurrentRuns]),
    ),
    reconcileSeconds: scenario.stress === undefined ? 240 : 60,
    ...(Object.keys(scenario.faults).length === 0 ? {} : { faults: scenario.faults }),
    ...(scenario.split ? { room: smallRoom } : {}),
    ...(scenario.pool === undefined ? {} : { pools: { [poolName]: scenario.pool } }),
    objects: Object.fromEntries(
      scenario.tasks.flatMap(({ name, other }) =>
        other?.kind === 'sensor' && other.appears !== undefined ? [[objectOf(name), other.appears]] : [],
      ),
    ),
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

    const decisions: ObservedDecision[] = [];
    const beside: string[] = [];
    for (const { at, act } of eventsOf(scenario, simulator, first, decisions, beside)) {
      await simulator.pass(Math.max(0, at - simulator.seconds()));
      await act();
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
    await simulator.finish([...runs.map(({ id }) => id), ...beside], 4 * day);
    // delayed events arrive now
    await simulator.pass(1_200);
    // in sequence: each look pauses the faults, and resumes them at its end
    const observed: ObservedRun[] = [];
    for (const { id, kind } of runs) observed.push(await observe(simulator, pipeline.name, id, kind));
    const jobRuns = await simulator.jobRuns();
    return {
      runs: observed,
      jobRuns: [...observeJobRuns(jobRuns), ...observeWorks(simulator.works())],
      items: observeItems(jobRuns),
      crawls: observeCrawls(simulator.works()),
      pool: await simulator.pool(poolName),
      decisions,
      others: await observeOthers(simulator, [...beside, ...innerRuns(jobRuns)]),
      ...present({ tasksBefore, rerunRefused }),
      // a run that is stopped again does nothing
      stops: simulator.history.flatMap(({ message, kind, ids }) =>
        message === 'work stop asked for' && kind !== 'pipeline' && kind !== 'map' && Array.isArray(ids)
          ? [ids.map(String)]
          : [],
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

type Event = { readonly at: number; act(): Promise<void> };

/** What happens while the first run goes on, in order. */
function eventsOf(
  { tasks, stop, neighbour }: Scenario,
  simulator: Simulator,
  first: string,
  decisions: ObservedDecision[],
  beside: string[],
): readonly Event[] {
  const events = tasks.flatMap(({ name, other }): Event[] => {
    if (other?.kind !== 'approval' || other.decision === undefined) return [];
    const { at, approve } = other.decision;
    const act = async () => {
      const { is } = await simulator.decide(first, name, { approve, by: 'ann' });
      decisions.push({ task: name, accepted: is === 'decided' });
    };
    return [{ at, act }];
  });
  if (stop !== undefined && stop.how !== 'deadline') {
    const act = () => (stop.how === 'asked' ? simulator.stopRun(first) : simulator.abortExecution(first));
    events.push({ at: stop.at, act });
  }
  if (neighbour !== undefined) {
    const act = async () => {
      const answer = await simulator.startRun({ pipeline: neighbourName, cause: 'x' });
      if (answer.is === 'run') beside.push(answer.run.id);
    };
    events.push({ at: neighbour.at, act });
  }
  return events.sort((one, other) => one.at - other.at);
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
