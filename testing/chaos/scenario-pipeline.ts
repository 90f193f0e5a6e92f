import type { Pipeline } from '../../shared/model/pipeline.ts';
import { readPipelineValue } from '../../shared/pipeline/read-pipeline.ts';
import type { JobBehaviour, JobBehaviours, JobEnd, SimulatedJob } from '../job-behaviour.ts';
import { poolName } from './draw-pool.ts';
import { isNested, type OtherWork, sharedCrawler } from './other-work.ts';
import {
  type Ending,
  longDeadline,
  nestedSeconds,
  nothing,
  type Scenario,
  type ScenarioTask,
  timeoutSeconds,
  withinSeconds,
} from './scenario.ts';

const states = { SUCCEEDED: 'SUCCEEDED', FAILED: 'FAILED', ERROR: 'ERROR', STOPPED: 'STOPPED' } as const;
/** The prefix of such jobs' names; the task's name follows. */
export const bareJob = 'bare-';
/** The prefix of the only task of a nested pipeline, and of its job; the outer task's name follows. */
export const innerJob = 'inner-';
/** The service part of an AWS action. The rest of the action is the task's name. */
export const actionOf = 'codebuild:';
/** The prefix of cluster ids. The rest of an id is the task's name in upper case. */
export const clusterOf = 'j-';
/** The scenario's endings apply to the first item. The others succeed. */
export const items = [0, 1, 2] as const;
export const itemsAtOnce = 2;
const itemSeconds = 60;
/** Another pipeline, which only uses the shared crawler. */
export const neighbourName = 'neighbour';

/** Each job's output names its run and task: `RUN/TASK`. */
export function jobsOf({ tasks, stress }: Scenario): JobBehaviours {
  const entries = tasks.flatMap(({ name, seconds, endings, bare, other }): [string, JobBehaviour][] => {
    if (other !== undefined && isDone(other)) return [];
    const isInner = isNested(other);
    if (other !== undefined && !isInner) {
      const ends = endings.map((ending) => jobEnd(ending, seconds));
      if (other.kind === 'crawler') return [[other.crawler, ends]];
      if (other.kind === 'emr-step') return [[`${clusterOf}${name.toUpperCase()}`, ends]];
      return [[other.kind === 'aws' ? `${actionOf}${name}` : name, ends]];
    }
    const counts = new Map<string, number>();
    const behaviour = ({ run, attempt, arguments: given }: SimulatedJob): JobEnd => {
      const of = given['--of'] ?? run;
      if ((given['--item'] ?? '0') !== '0') return { seconds: itemSeconds, output: { by: `${of}/${name}` } };
      counts.set(of, (counts.get(of) ?? 0) + 1);
      const number = bare || isInner ? (counts.get(of) ?? 1) : attempt;
      const ending = endings[Math.min(number, endings.length) - 1] ?? 'SUCCEEDED';
      const stops = stress === 'stops' ? { stopSeconds: 240 } : {};
      return { ...jobEnd(ending, seconds), ...stops, output: { by: `${of}/${name}` } };
    };
    return [[isInner ? `${innerJob}${name}` : bare ? `${bareJob}${name}` : name, behaviour]];
  });
  return Object.fromEntries(entries);
}

function jobEnd(ending: Ending, seconds: number): JobEnd {
  return ending === 'LONG' ? { seconds: 20_000 } : { seconds, state: states[ending] };
}

/** The pipeline first, then those that it runs, and its neighbour. */
export function pipelinesOf(scenario: Scenario): readonly [Pipeline, ...Pipeline[]] {
  const { tasks, stop, seed, max, overlap, onFailure, neighbour } = scenario;
  const most = stop?.how === 'deadline' ? stop.at : longDeadline;
  const written = tasks.map((task) => [task.name, writtenTask(task, scenario, most)]);
  const pipeline = read(seed, {
    pipeline: 'chaos',
    runs: { max, overlap, deadline: `${most}s`, onFailure },
    tasks: Object.fromEntries(written),
  });
  const inner = tasks.flatMap(({ name, other }) =>
    isNested(other) ? [read(seed, innerPipeline(name, other?.kind === 'map'))] : [],
  );
  const crawl = { crawler: sharedCrawler, running: neighbour?.running, timeout: '1800s' };
  const beside = neighbour === undefined ? [] : [read(seed, { pipeline: neighbourName, tasks: { crawl } })];
  return [pipeline, ...inner, ...beside];
}

/** An item's parameters are the same in a rerun, so the rerun keeps items that have succeeded. */
function innerPipeline(name: string, isItem: boolean) {
  const args = isItem ? { of: '{% $run.trigger.run %}', item: '{% $params.item %}' } : { of: '{% $params.of %}' };
  const work = { 'glue-job': `${innerJob}${name}`, args };
  return {
    pipeline: `${innerJob}${name}`,
    params: isItem ? { item: { type: 'integer' } } : { of: { type: 'string' } },
    runs: { max: 100 },
    tasks: { [`${innerJob}${name}`]: work },
  };
}

function writtenTask(task: ScenarioTask, scenario: Scenario, most: number): object {
  const { after, when, tolerate, skipped, attempts, deadline, places, priority } = task;
  return {
    ...workOf(task, scenario, Math.min(most, deadline ?? most)),
    ...(after.length === 0 ? {} : { after, when }),
    ...(skipped ? { if: '{% 1 = 2 %}' } : {}),
    ...(tolerate ? { tolerate } : {}),
    retry: { attempts, delay: '10s', backoff: 1 },
    ...(places === undefined ? {} : { pool: poolName, places, priority }),
    ...(deadline === undefined ? {} : { deadline: `${Math.min(deadline, most)}s` }),
  };
}

/** What the task runs. Its service sees the run's id. */
function workOf({ name, job, bare, reads, seconds, other }: ScenarioTask, scenario: Scenario, most: number): object {
  const of = '{% $run.id %}';
  const timeout = `${Math.min(timeoutSeconds(scenario), most)}s`;
  switch (other?.kind) {
    case undefined:
      return {
        'glue-job': bare ? `${bareJob}${name}` : job,
        ...(bare ? { inject: false } : {}),
        args: { ...(bare ? { of } : {}), ...(reads === undefined ? {} : { read: readsOutput(reads) }) },
        timeout,
      };
    case 'crawler':
      return { crawler: other.crawler, running: other.running, timeout };
    case 'athena':
      return { athena: of, database: 'chaos', workgroup: name, timeout };
    case 'data-quality':
      return { 'data-quality': name, database: 'chaos', table: 'chaos', role: 'reader', partitions: of, timeout };
    case 'ecs':
      return { ecs: name, launchType: 'EC2', env: { of }, timeout };
    case 'batch':
      return { batch: 'chaos', queue: name, env: { of }, timeout };
    case 'emr-serverless': {
      const role = 'arn:aws:iam::000000000000:role/chaos';
      return { 'emr-serverless': name, role, script: 's3://chaos/script.py', args: [of], timeout };
    }
    case 'emr-step':
      return { 'emr-step': `${clusterOf}${name.toUpperCase()}`, args: ['spark-submit', of], timeout };
    case 'redshift':
      return { redshift: 'CALL x(:of)', database: 'chaos', cluster: name, user: 'chaos', args: { of }, timeout };
    case 'aws': {
      const call = { aws: `${actionOf}${name}`, args: { Of: of }, resources: ['project/chaos'] };
      return { ...call, timeout: `${Math.min(900, timeoutSeconds(scenario), most)}s` };
    }
    case 'lambda':
      return { lambda: name, args: { of }, timeout: `${Math.min(900, timeoutSeconds(scenario), most)}s` };
    case 'pipeline':
      return { pipeline: `${innerJob}${name}`, params: { of }, timeout: `${Math.min(nestedSeconds, most)}s` };
    case 'map':
      return {
        ...{ map: `${innerJob}${name}`, over: items, params: { item: '{% $item %}' }, max: itemsAtOnce },
        timeout: `${Math.min(nestedSeconds, most)}s`,
      };
    case 'wait':
      return { wait: `${seconds}s` };
    case 'sensor':
      return { sensor: { object: objectOf(name) }, timeout };
    case 'approval':
      return { approval: 'Go on?', within: `${Math.min(withinSeconds, most)}s`, otherwise: other.otherwise };
  }
}

/** What a sensor waits for. */
export function objectOf(task: string): string {
  return `s3://chaos/${task}`;
}

function read(seed: number, value: object): Pipeline {
  const { pipeline, problems } = readPipelineValue(value, `seed ${seed}`);
  if (pipeline === undefined) throw new Error(JSON.stringify(problems));
  return pipeline;
}

/** Nobody simulates what such a task does: Gluewright does it itself. */
function isDone({ kind }: OtherWork): boolean {
  return kind === 'wait' || kind === 'sensor' || kind === 'approval';
}

function readsOutput(task: string): string {
  return `{% $exists($tasks.${task}.output.by) ? $tasks.${task}.output.by : '${nothing}' %}`;
}
