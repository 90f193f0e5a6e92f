import type { JsonObject } from '../json.ts';
import { present } from '../json.ts';
import { Conflict } from '../ledger/ledger.ts';
import { keepKey } from '../ledger/ledger-keys.ts';
import type { Interval, Pipeline } from '../model/pipeline.ts';
import { templateOf } from '../model/trigger.ts';
import { resolveParams } from '../pipeline/file/params.ts';
import type { Outcomes } from '../protocol/outcome.ts';
import { evaluate } from '../runs/run/evaluate.ts';
import { executionInput, inputBytes, runContext } from '../runs/run/execution-input.ts';
import { runId } from '../runs/run/run-id.ts';
import type { RunRecord } from '../runs/run/run-record.ts';
import type { System } from '../services/system.ts';
import { type NamedInterval, nameInterval } from '../triggers/kinds/name-interval.ts';
import type { News } from './kit/advance.ts';
import { findRun } from './kit/find-run.ts';
import { signalRun } from './run-actor.ts';

export type RunRequest = {
  readonly pipeline: string;
  /** The same cause always gives the same run. */
  readonly cause: string;
  /** A readable name of the cause, for the run's id. Absent: the cause itself. */
  readonly label?: string;
  /** The requester, as `$run.trigger`: `{kind: …}`. Absent: `{kind: 'cause', cause}`. */
  readonly trigger?: JsonObject;
  readonly params?: JsonObject;
  readonly interval?: Interval;
  /** Outcomes of an earlier run: its tasks are not run again. */
  readonly keep?: Outcomes;
  /** Tasks whose own runs of other pipelines go on from where they failed. */
  readonly resumed?: readonly string[];
  /** Absent: derived from the cause. */
  readonly id?: string;
  readonly rerunOf?: string;
  /** How many runs in a row led to this one. Absent: none. */
  readonly depth?: number;
};

/** Limits pipelines that start each other in a cycle. */
const deepest = 10;

/** `again`: the cause had its run already. `taken`: the id belongs to a run of another cause. */
export type RunAnswer =
  | { readonly is: 'run'; readonly run: RunRecord; readonly again: boolean }
  | { readonly is: 'refused'; readonly problems: readonly string[]; readonly taken?: true };

/** Claims the run in the ledger, then starts its execution or queues it. */
export async function startRun(system: System, request: RunRequest, news?: News): Promise<RunAnswer> {
  const { pipeline: name, cause } = request;
  const entry = system.catalog.byName(name);
  if (entry === undefined) return { is: 'refused', problems: [`there is no pipeline ${name}`] };
  const id = request.id ?? runId(name, cause, request.label);
  const known = await findRun(system, id);
  if (known !== undefined) return again(system, known, cause, news);
  const { depth = 0 } = request;
  if (depth > deepest) {
    const problem = `${depth} runs in a row led to this one: the pipelines seem to start each other in a cycle`;
    return { is: 'refused', problems: [problem] };
  }

  const trigger = request.trigger ?? { kind: 'cause', cause };
  const named =
    request.interval === undefined
      ? intervalFor(entry.pipeline, trigger, request.params ?? {})
      : { interval: request.interval };
  if (named.problem !== undefined) return { is: 'refused', problems: [named.problem] };
  const { interval } = named;
  const draft = { id, pipeline: name, trigger, createdAt: system.clock() };
  const context = { run: runContext(draft), evaluate, ...present({ interval }) };
  const resolved = await resolveParams(entry.pipeline, request.params ?? {}, context);
  if (resolved.problems !== undefined) return { is: 'refused', problems: resolved.problems };
  const { lateSeconds } = entry.pipeline.runs;
  const run: Omit<RunRecord, 'status' | 'createdAt' | 'settled'> = {
    id,
    pipeline: name,
    trigger: { ...trigger },
    cause,
    params: { ...resolved.params },
    ...(interval === undefined ? {} : { interval: { ...interval } }),
    ...(depth === 0 ? {} : { depth }),
    ...(lateSeconds === undefined ? {} : { lateAt: draft.createdAt + lateSeconds * 1000 }),
    ...present({ rerunOf: request.rerunOf }),
  };
  const kept = request.keep ?? {};
  const reader = entry.pipeline.tasks.find((task) => task.needsInterval && !Object.hasOwn(kept, task.name));
  if (reader !== undefined && interval === undefined) {
    const problem = `the task \`${reader.name}\` reads $interval, and this run has no interval`;
    return { is: 'refused', problems: [problem] };
  }
  const bytes = bytesOf(
    executionInput({ ...run, ...draft, trigger: run.trigger, status: 'PENDING', settled: false }, request.keep),
  );
  if (bytes > inputBytes) {
    return { is: 'refused', problems: [`the run's input has ${bytes} bytes; Step Functions takes ${inputBytes}`] };
  }
  if (request.keep !== undefined && !(await keepOutcomes(system, id, request.keep, request))) {
    return { is: 'refused', problems: [`${id} is being claimed for another cause`], taken: true };
  }
  const claimed = await signalRun(system, id, { is: 'claim', run }, news);
  if (claimed === undefined) throw new TypeError(`${id} was claimed, and is not there`);
  if (claimed.cause !== cause) return again(system, claimed, cause, news);
  return { is: 'run', run: claimed, again: false };
}

/** The interval that the run's trigger derives from the parameters. */
function intervalFor({ triggers }: Pipeline, { name }: JsonObject, params: JsonObject): NamedInterval {
  const trigger = typeof name === 'string' && Object.hasOwn(triggers, name) ? triggers[name] : undefined;
  return trigger === undefined ? {} : nameInterval(templateOf(trigger), params);
}

/** The first caller may have crashed after claiming: nudge a PENDING run. */
async function again(system: System, known: RunRecord, cause: string, news: News | undefined): Promise<RunAnswer> {
  if (known.cause !== cause) {
    return { is: 'refused', problems: [`${known.id} is the run of another cause: ${known.cause}`], taken: true };
  }
  const run = known.status === 'PENDING' ? await signalRun(system, known.id, { is: 'tick' }, news) : known;
  return { is: 'run', run: run ?? known, again: true };
}

/**
 * Written before the run is claimed, because a claimed run starts at once. False: the item belongs to another cause.
 */
async function keepOutcomes(
  system: System,
  id: string,
  tasks: Outcomes,
  { cause, resumed = [] }: Pick<RunRequest, 'cause' | 'resumed'>,
): Promise<boolean> {
  try {
    await system.ledger.write([{ key: keepKey(id), expect: 0, value: { cause, tasks, resumed } }]);
    return true;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return (await system.ledger.get(keepKey(id)))?.value.cause === cause;
  }
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
