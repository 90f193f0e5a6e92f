import { poolPartition, taskKey } from '../ledger/ledger-keys.ts';
import { taskNews } from '../news/task-news.ts';
import type { TaskResult } from '../protocol/messages.ts';
import { advanceTask, turnedAway } from '../runs/task/advance-task.ts';
import { outputBytes, readOutput } from '../runs/task/read-output.ts';
import { isOpen, type TaskRecord, taskIndex, taskRecord } from '../runs/task/task-record.ts';
import type { TaskEffect, TaskName, TaskSignal } from '../runs/task/task-signal.ts';
import { askAbout } from '../services/ask-about.ts';
import { sendCall } from '../services/send-call.ts';
import { failureOf, isDenied } from '../services/service-error.ts';
import { sendFailure, sendSuccess } from '../services/sfn.ts';
import type { System } from '../services/system.ts';
import { outputAddress } from '../tasks/kind/output-address.ts';
import { kindOf, type Work } from '../tasks/kinds.ts';
import { beginWork, findWork } from './begin-work.ts';
import { type Actor, advance, type News } from './kit/advance.ts';
import { letIn } from './kit/let-in.ts';
import { firstWaiting } from './kit/pool-queue.ts';

/** Takes signals to a task of a run. */
export async function signalTask(
  system: System,
  ref: TaskName,
  signal: TaskSignal,
  news?: News,
): Promise<TaskRecord | undefined> {
  return (await advance(system, taskActor, taskKey(ref.run, ref.task), [signal], news)).record;
}

/** Tries to begin work that the service refused earlier. False: there was nothing to begin. */
export async function startWaiting(system: System, { run, task }: TaskName): Promise<boolean> {
  const { record, effects } = await advance(system, taskActor, taskKey(run, task), [{ is: 'slot' }]);
  return effects.some((effect) => effect.do === 'begin') && record !== undefined && isOpen(record);
}

type Effect<Do extends TaskEffect['do']> = Extract<TaskEffect, { do: Do }>;

const taskActor: Actor<TaskRecord, TaskSignal, TaskEffect> = {
  schema: taskRecord,
  decide: advanceTask,
  index: taskIndex,
  news: taskNews,
  turnedAway,
  async perform(system, effect, news) {
    switch (effect.do) {
      case 'begin':
        return [await beginWork(system, effect)];
      case 'find':
        return findWork(system, effect);
      case 'ask':
        return ask(system, thingOf(effect.work), effect.id, effect.work);
      case 'look':
        return look(system, effect);
      case 'stop':
        return stop(system, effect, [effect.id]);
      case 'read-output':
        return [await read(system, effect)];
      case 'deliver':
        return deliver(system, effect);
      case 'let-in':
        return letInto(system, effect.pool, { news, own: effect.own });
    }
  },
};

/** Milliseconds that a function lets others into a pool. The reconciler continues. */
const letInBudget = 10_000;

/** Those who leave the pool at once let in nobody: this goes on until it is full. */
async function letInto(
  system: System,
  pool: string,
  { news, own, until = system.clock() + letInBudget }: { news?: News; own?: TaskName | undefined; until?: number },
): Promise<TaskSignal[]> {
  const isNext = ({ do: does }: TaskEffect): boolean => does === 'let-in';
  const enter = ({ run, task }: TaskName, signal: TaskSignal) =>
    advance(system, taskActor, taskKey(run, task), [signal], news, isNext);
  return letIn(system, pool, enter, { own, until });
}

/** For the reconciler: the function that freed places may have crashed, or a deployment has enlarged the pool. */
export async function letIntoAll(
  system: System,
  until: number,
  guard: (pool: string, work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  for (const pool of Object.keys(system.catalog.pools)) {
    if (system.clock() >= until) return;
    await guard(poolPartition(pool), async () => {
      const { waiting } = await firstWaiting(system.ledger, pool, 1);
      if (waiting.length > 0) await letInto(system, pool, { until });
    });
  }
}

async function ask(system: System, { kind, name }: Thing, id: string, work?: Work): Promise<TaskSignal[]> {
  try {
    const seen = await askAbout(system, kind, name, id, work);
    if (seen === 'gone') return [{ is: 'work-gone', id }];
    return seen === undefined ? [] : [{ is: 'work', id, state: seen.state, times: seen.times }];
  } catch (error) {
    const failure = failureOf(error);
    if (isDenied(failure)) return [{ is: 'denied', reason: failure.reason }];
    return kindOf(kind).runs.gone.includes(failure.name) ? [{ is: 'work-gone', id }] : [];
  }
}

/** What does not exist is not there yet; where the look fails, the next one comes. */
async function look(system: System, { work, id, since }: Effect<'look'>): Promise<TaskSignal[]> {
  const { runs } = kindOf(work.kind);
  if (runs.by !== 'looking') return [];
  const { looks, gone } = runs;
  let answer: unknown;
  try {
    const call = looks.call?.(work);
    if (call !== undefined) answer = await sendCall(system, call);
  } catch (error) {
    const failure = failureOf(error);
    if (isDenied(failure)) return [{ is: 'denied', reason: failure.reason }];
    if (!gone.includes(failure.name)) return [];
  }
  return [{ is: 'work', id, state: looks.read(answer, work, since, system.clock()) }];
}

type Thing = Pick<Effect<'stop'>, 'kind' | 'name'>;

function thingOf(work: Work): Thing {
  return { kind: work.kind, name: kindOf(work.kind).runs.name(work) };
}

/**
 * The stop of a thing that runs one work at a time names no work: it stops whatever runs. So ask first whether that is
 * still the given work.
 *
 * @returns for each work, in any order, the signals for its task
 */
async function stop(system: System, thing: Thing, ids: readonly string[]): Promise<TaskSignal[]> {
  if (kindOf(thing.kind).runs.alone === undefined) return sendStop(system, thing, ids);
  const signals: TaskSignal[] = [];
  for (const id of ids) {
    const answers = await ask(system, thing, id);
    const goesOn = answers.some(
      (answer) => answer.is === 'work' && answer.state.is === 'open' && !answer.state.stopping,
    );
    if (goesOn) signals.push(...(await sendStop(system, thing, [id])));
    else if (answers.length === 0) signals.push({ is: 'stop-failed', id });
    else signals.push(...answers);
  }
  return signals;
}

async function sendStop(system: System, { kind, name }: Thing, ids: readonly string[]): Promise<TaskSignal[]> {
  const { runs } = kindOf(kind);
  if (runs.by !== 'service') return [];
  const subject = { kind, work: name, ids: [...ids] };
  try {
    await sendCall(system, runs.stop.call(name, ids));
    system.log({ message: 'work stop asked for', ...subject });
    return [];
  } catch (error) {
    const failure = failureOf(error);
    system.log({ message: 'work stop failed', level: 'warning', ...subject, error: failure.name });
    const denial: TaskSignal[] = isDenied(failure) ? [{ is: 'denied', reason: failure.reason }] : [];
    return [...ids.map((id): TaskSignal => ({ is: 'stop-failed', id })), ...denial];
  }
}

/**
 * Stops tasks of one run together, since a service may stop many works in one call.
 *
 * @returns how many of them are still open
 */
export async function stopTasks(system: System, run: string, tasks: readonly string[], news: News): Promise<number> {
  const stops: { readonly task: string; readonly stop: Effect<'stop'> }[] = [];
  let open = 0;
  for (const task of tasks) {
    const isStop = ({ do: does }: TaskEffect): boolean => does === 'stop';
    const { record, deferred } = await advance(system, taskActor, taskKey(run, task), [{ is: 'stop' }], news, isStop);
    stops.push(...deferred.flatMap((effect) => (effect.do === 'stop' ? [{ task, stop: effect }] : [])));
    if (record !== undefined && record.attempt.phase.at !== 'ended') open += 1;
  }
  for (const same of Map.groupBy(stops, ({ stop }) => `${stop.kind}#${stop.name}`).values()) {
    const [first] = same;
    if (first === undefined) continue;
    const { runs } = kindOf(first.stop.kind);
    if (runs.by !== 'service') continue;
    const { atOnce } = runs.stop;
    for (let from = 0; from < same.length; from += atOnce) {
      const batch = same.slice(from, from + atOnce);
      const ids = batch.map(({ stop }) => stop.id);
      const signals = await stop(system, first.stop, ids);
      if (signals.length === 0) continue;
      for (const { task } of batch) await advance(system, taskActor, taskKey(run, task), signals, news);
    }
  }
  return open;
}

async function read(system: System, { run, task, attempt, limit }: Effect<'read-output'>): Promise<TaskSignal> {
  try {
    const key = outputAddress(run, task, attempt);
    const output = readOutput(await system.objects.get(system.outputBucket, key, outputBytes), limit);
    const why = output.is === 'bad' ? { why: `${output.why} (s3://${system.outputBucket}/${key})` } : {};
    return { is: 'output', attempt, output: { ...output, ...why } };
  } catch (error) {
    const { kind, name, reason } = failureOf(error);
    system.log({ message: 'output not read', run, task, attempt, error: name });
    return { is: 'output', attempt, output: { is: 'unreadable', why: reason, passing: kind !== 'fatal' } };
  }
}

async function deliver(system: System, { token, ending }: Effect<'deliver'>): Promise<TaskSignal[]> {
  const delivery =
    ending.result === 'failed'
      ? await sendFailure(system.sfn, token, ending.error, ending.cause)
      : await sendSuccess(system.sfn, token, resultOf(ending));
  return delivery === 'later' ? [] : [{ is: 'delivered', token, as: delivery }];
}

function resultOf(ending: Extract<Effect<'deliver'>['ending'], { result: 'succeeded' | 'skipped' }>): TaskResult {
  if (ending.result === 'skipped' || ending.output === undefined) return { status: ending.result };
  return { status: ending.result, output: ending.output };
}
