import { runKey, workKey } from '../ledger/ledger-keys.ts';
import { runIsOver } from '../runs/run/run-record.ts';
import type { TaskEffect, TaskSignal } from '../runs/task/task-signal.ts';
import { sendCall } from '../services/send-call.ts';
import { failureOf, isDenied, mayPass } from '../services/service-error.ts';
import { type System, stackOf } from '../services/system.ts';
import type { ServiceWork } from '../tasks/kind/service-work.ts';
import { type Order, ownId, type SeenWork } from '../tasks/kind/work-state.ts';
import { kindOf, type Work } from '../tasks/kinds.ts';
import { findRun } from './kit/find-run.ts';

type Effect<Do extends TaskEffect['do']> = Extract<TaskEffect, { do: Do }>;

export async function beginWork(system: System, { order, attempt, try: count }: Effect<'begin'>): Promise<TaskSignal> {
  const answer = { attempt, try: count };
  // the attempt is recorded, so whoever ends the run sees it; here we see whether somebody has
  const run = await system.ledger.get(runKey(order.run));
  if (run !== undefined && runIsOver(run.value)) return { is: 'too-late', ...answer };
  const { kind, runs } = kindOf(order.work.kind);
  if (runs.by !== 'service') return hasBegun(order);
  const subject = { run: order.run, task: order.task, attempt, kind, work: runs.name(order.work) };
  try {
    const id = runs.begun(await sendCall(system, runs.begin(order, stackOf(system))), order);
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

/** No service is called, so the work begins at once. */
function hasBegun(order: Order<Work>): TaskSignal {
  return { is: 'started', attempt: order.attempt, id: ownId(order) };
}

/**
 * Looks for work that an earlier start may have begun. Where the same start begins nothing twice, it is repeated for
 * the id, even if the run is over: only then can the work be stopped.
 */
export async function findWork(
  system: System,
  { order, attempt, try: count, stopped }: Effect<'find'>,
): Promise<TaskSignal[]> {
  const { runs } = kindOf(order.work.kind);
  if (runs.by !== 'service') return [hasBegun(order)];
  const notFound = { is: 'not-found' as const, attempt, try: count };
  const { find } = runs;
  try {
    if (find === undefined) {
      // an attempt that the end of its run did not reach was recorded later, so nothing has begun for it
      const isLate = !stopped && (await findRun(system, order.run))?.settled === true;
      if (isLate) return [{ is: 'too-late', attempt, try: count }];
      return [
        { is: 'started', attempt, id: runs.begun(await sendCall(system, runs.begin(order, stackOf(system))), order) },
      ];
    }
    for await (const page of pagesOf(system, find, order)) {
      for (const seen of page) {
        if (runs.isMarked(order.work) || !(await isAnothers(system, order, seen.id))) {
          return [{ is: 'work', attempt, ...seen }];
        }
      }
    }
    return [notFound];
  } catch (error) {
    // a thing that does not exist runs nothing, and neither does a start that the service never takes
    const failure = failureOf(error, runs.refused);
    if (runs.gone.includes(failure.name)) return [notFound];
    if (isDenied(failure)) return [{ is: 'denied', reason: failure.reason }];
    return find === undefined && failure.kind === 'fatal' ? [notFound] : [];
  }
}

async function* pagesOf(
  system: System,
  find: NonNullable<ServiceWork<Work>['find']>,
  order: Order<Work>,
): AsyncGenerator<readonly SeenWork[]> {
  const stack = stackOf(system);
  let from: string | undefined;
  do {
    const page = find.read(await sendCall(system, find.call(order, from, stack)), order, stack);
    yield page.items;
    from = page.next;
  } while (from !== undefined);
}

async function isAnothers(system: System, { run, task, attempt, work }: Order<Work>, id: string) {
  const known = (await system.ledger.get(workKey(work.kind, id)))?.value;
  return known !== undefined && (known.run !== run || known.task !== task || known.attempt !== attempt);
}
