import { runKey, taskKey, workKey } from '../ledger/ledger-keys.ts';
import { taskNews } from '../news/task-news.ts';
import type { TaskResult } from '../protocol/messages.ts';
import { runIsOver } from '../runs/run/run-record.ts';
import { advanceTask, turnedAway } from '../runs/task/advance-task.ts';
import { outputBytes, readOutput } from '../runs/task/read-output.ts';
import { isOpen, type TaskRecord, taskIndex, taskRecord } from '../runs/task/task-record.ts';
import type { TaskEffect, TaskSignal } from '../runs/task/task-signal.ts';
import { askAbout } from '../services/ask-about.ts';
import { sendCall } from '../services/send-call.ts';
import { failureOf, isDenied, mayPass } from '../services/service-error.ts';
import { sendFailure, sendSuccess } from '../services/sfn.ts';
import { type System, stackOf } from '../services/system.ts';
import { kindOf, type Work } from '../tasks/kinds.ts';
import { outputAddress } from '../tasks/output-address.ts';
import type { Order, SeenWork } from '../tasks/task-kind.ts';
import { type Actor, advance, type News } from './kit/advance.ts';

export type TaskRef = { readonly run: string; readonly task: string };

/** Takes signals to a task of a run. */
export async function signalTask(
  system: System,
  ref: TaskRef,
  signal: TaskSignal,
  news?: News,
): Promise<TaskRecord | undefined> {
  return (await advance(system, taskActor, taskKey(ref.run, ref.task), [signal], news)).record;
}

/** Tries to begin work that the service refused earlier. False: there was nothing to begin. */
export async function startWaiting(system: System, { run, task }: TaskRef): Promise<boolean> {
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
  async perform(system, effect) {
    switch (effect.do) {
      case 'begin':
        return [await begin(system, effect)];
      case 'find':
        return find(system, effect);
      case 'ask':
        return ask(system, effect);
      case 'look':
        return look(system, effect);
      case 'stop':
        return stopWork(system, effect, [effect.id]);
      case 'read-output':
        return [await read(system, effect)];
      case 'deliver':
        return deliver(system, effect);
    }
  },
};

async function begin(system: System, { order, attempt, try: count }: Effect<'begin' | 'find'>): Promise<TaskSignal> {
  const answer = { attempt, try: count };
  // the attempt is recorded, so whoever ends the run sees it; here we see whether somebody has
  const run = await system.ledger.get(runKey(order.run));
  if (run !== undefined && runIsOver(run.value)) return { is: 'too-late', ...answer };
  const { kind, runs } = kindOf(order.work.kind);
  const subject = { run: order.run, task: order.task, attempt, kind, work: runs.name(order.work) };
  try {
    const call = runs.begin(order, stackOf(system));
    const id = runs.begun(call === undefined ? {} : await sendCall(system, call), order);
    system.log({ message: 'work started', ...subject, id });
    return { is: 'started', attempt, id };
  } catch (error) {
    const busy = runs.alone?.busy ?? [];
    const failure = failureOf(error, [...runs.refused, ...busy]);
    const { kind: is, reason } = failure;
    system.log({ message: `work start ${is}`, ...subject, error: failure.name });
    if (is === 'fatal')
      return { is, reason, ...answer, ...(system.settles && mayPass(failure) ? { mayPass: true } : {}) };
    if (is === 'ambiguous') return { is, ...answer };
    return { is, reason, ...answer, ...(busy.includes(failure.name) ? { busy: true } : {}) };
  }
}

async function find(system: System, { order, attempt, try: count }: Effect<'begin' | 'find'>): Promise<TaskSignal[]> {
  const { runs } = kindOf(order.work.kind);
  const notFound = { is: 'not-found' as const, attempt, try: count };
  try {
    for await (const page of pagesOf(system, order)) {
      for (const seen of page) {
        if (runs.isMarked(order.work) || !(await isAnothers(system, order, seen.id))) {
          return [{ is: 'work', attempt, ...seen }];
        }
      }
    }
    return [notFound];
  } catch (error) {
    // a thing that does not exist runs nothing
    const failure = failureOf(error);
    if (runs.gone.includes(failure.name)) return [notFound];
    return isDenied(failure) ? [{ is: 'denied', reason: failure.reason }] : [];
  }
}

async function* pagesOf(system: System, order: Order<Work>): AsyncGenerator<readonly SeenWork[]> {
  const { find } = kindOf(order.work.kind).runs;
  let from: string | undefined;
  do {
    const call = find.call(order, from);
    const answer = call === undefined ? {} : await sendCall(system, call);
    const page = find.read(answer, order, stackOf(system));
    yield page.items;
    from = page.next;
  } while (from !== undefined);
}

async function isAnothers(system: System, { run, task, attempt, work }: Order<Work>, id: string) {
  const known = (await system.ledger.get(workKey(work.kind, id)))?.value;
  return known !== undefined && (known.run !== run || known.task !== task || known.attempt !== attempt);
}

type Question = Pick<Effect<'ask' | 'stop'>, 'kind' | 'name' | 'id' | 'work'>;

async function ask(system: System, { kind, name, id, work }: Question): Promise<TaskSignal[]> {
  const { runs } = kindOf(kind);
  try {
    const seen = await askAbout(system, kind, name, id, work);
    if (seen === 'gone') return [{ is: 'work-gone', id }];
    return seen === undefined ? [] : [{ is: 'work', id, state: seen.state, times: seen.times }];
  } catch (error) {
    const failure = failureOf(error);
    if (isDenied(failure)) return [{ is: 'denied', reason: failure.reason }];
    return runs.gone.includes(failure.name) ? [{ is: 'work-gone', id }] : [];
  }
}

/** What does not exist is not there yet; where the look fails, the next one comes. */
async function look(system: System, { work, id, since }: Effect<'look'>): Promise<TaskSignal[]> {
  const { looks, gone } = kindOf(work.kind).runs;
  if (looks === undefined) return [];
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

type Thing = Pick<Effect<'ask' | 'stop'>, 'kind' | 'name'>;

/** @returns for each work, in any order, the signals for its task */
async function stopWork(system: System, { kind, name }: Thing, ids: readonly string[]): Promise<TaskSignal[]> {
  const { runs } = kindOf(kind);
  const failed = ids.map((id): TaskSignal => ({ is: 'stop-failed', id }));
  // The call names only the thing, so it would also stop work that somebody else has started since.
  if (runs.alone !== undefined) {
    const seen = (await Promise.all(ids.map((id) => ask(system, { kind, name, id })))).flat();
    const isOpen = seen.some((signal) => signal.is === 'work' && signal.state.is === 'open');
    if (!isOpen) return seen.some((signal) => signal.is === 'work') ? seen : [...failed, ...seen];
  }
  const subject = { kind, work: name, ids: [...ids] };
  try {
    await sendCall(system, runs.stop.call(name, ids));
    system.log({ message: 'work stop asked for', ...subject });
    return [];
  } catch (error) {
    const failure = failureOf(error);
    system.log({ message: 'work stop failed', level: 'warning', ...subject, error: failure.name });
    const denial: TaskSignal[] = isDenied(failure) ? [{ is: 'denied', reason: failure.reason }] : [];
    return [...failed, ...denial];
  }
}

/**
 * Stops tasks of one run together, since a service may stop many works in one call.
 *
 * @returns how many of them are still open
 */
export async function stopTasks(system: System, run: string, tasks: readonly string[], news: News): Promise<number> {
  const stops: { readonly task: string; readonly stop: Effect<'ask' | 'stop'> }[] = [];
  let open = 0;
  for (const task of tasks) {
    const isStop = ({ do: does }: TaskEffect): boolean => does === 'stop';
    const { record, deferred } = await advance(system, taskActor, taskKey(run, task), [{ is: 'stop' }], news, isStop);
    stops.push(...deferred.flatMap((stop) => (stop.do === 'stop' ? [{ task, stop }] : [])));
    if (record !== undefined && record.attempt.phase.at !== 'ended') open += 1;
  }
  for (const same of Map.groupBy(stops, ({ stop }) => `${stop.kind}#${stop.name}`).values()) {
    const [first] = same;
    if (first === undefined) continue;
    const { atOnce } = kindOf(first.stop.kind).runs.stop;
    for (let from = 0; from < same.length; from += atOnce) {
      const batch = same.slice(from, from + atOnce);
      const ids = batch.map(({ stop }) => stop.id);
      const signals = await stopWork(system, first.stop, ids);
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
