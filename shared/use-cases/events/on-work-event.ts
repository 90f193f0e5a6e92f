import { goOnAfter } from '../../actors/after-task.ts';
import { signalTask, startWaiting } from '../../actors/task-actor.ts';
import { type JsonObject, present } from '../../json.ts';
import { holderKey, queuePartition, workKey } from '../../ledger/ledger-keys.ts';
import { askAbout } from '../../services/ask-about.ts';
import { failureOf } from '../../services/service-error.ts';
import type { System } from '../../services/system.ts';
import type { Owner, SeenWork, WorkEvent, WorkState } from '../../tasks/kind/work-state.ts';
import { type KindName, kindOf } from '../../tasks/kinds.ts';
import { watchedJobs } from '../../triggers/followers.ts';
import { startByWork } from './start-by-job.ts';

type Event = WorkEvent & { readonly kind: KindName };
type Identified = Event & { readonly id: string };

/** Work has ended: the attempt that waits for it continues, and the next queued attempt is admitted. */
export async function onWorkEvent(system: System, event: Event): Promise<void> {
  const { kind, name, id, state } = event;
  const work = { kind, work: name, ...present({ id }), state: state.says };
  if (state.is === 'open') {
    system.log({ message: 'work state ignored', ...work });
    return;
  }
  if (!hasId(event) || kindOf(kind).runs.event?.onlyAsks) {
    await letOwnerAsk(system, event);
    await admitNext(system, kind, name);
    return;
  }
  const known = await ownerOf(system, event);
  if (known === undefined && !isNamed(system, kind, name)) return admitNext(system, kind, name);
  const seen = await ask(system, event);
  const owner = known ?? seen?.owner;
  const subject = owner === undefined ? {} : { run: owner.run, task: owner.task, attempt: owner.attempt };
  system.log({ message: owner === undefined ? 'foreign work ended' : 'work ended', ...work, ...subject });
  if (owner !== undefined) await tell(system, owner, event, seen);
  // work whose service did not answer may be ours; the reconciler asks again
  else if (seen !== undefined) await startByWork(system, { kind, name, id: event.id, state: state.says });
  await admitNext(system, kind, name);
}

function hasId(event: Event): event is Identified {
  return event.id !== undefined;
}

/**
 * The ledger knows whose work has ended. The service has the rest: which work, since an event may be late or repeated,
 * and what came of it. If it does not answer yet, the reconciler asks again.
 */
async function letOwnerAsk(system: System, { kind, name, id, state }: Event): Promise<void> {
  const key = id === undefined ? holderKey(kind, name) : workKey(kind, id);
  const owner = ownerIn((await system.ledger.get(key))?.value);
  const whose = owner === undefined ? { message: 'foreign work ended' } : { message: 'work ended', ...owner };
  system.log({ ...whose, kind, work: name, state: state.says });
  if (owner !== undefined) await goOnAfter(system, await signalTask(system, owner, { is: 'tick' }));
}

/**
 * The event names neither the owner nor all facts of the end. If the service does not answer, the event has to
 * suffice.
 */
async function ask(
  system: System,
  { kind, name, id }: Identified,
): Promise<(SeenWork & { readonly owner?: Owner }) | undefined> {
  try {
    const seen = await askAbout(system, kind, name, id);
    return seen === 'gone' ? undefined : seen;
  } catch (error) {
    system.log({ message: 'work not read', kind, work: name, id, error: failureOf(error).name });
    return undefined;
  }
}

/**
 * Whether a pipeline runs or watches the work's thing. Rules receive all work of the account; for other teams' work
 * we make no call.
 */
function isNamed({ catalog }: System, kind: KindName, name: string): boolean {
  const pipelines = catalog.pipelines.map(({ pipeline }) => pipeline);
  const { runs } = kindOf(kind);
  return (
    pipelines.some(({ tasks }) => tasks.some(({ work }) => work.kind === kind && runs.name(work) === name)) ||
    watchedJobs(pipelines).includes(name)
  );
}

/** By our own record of the work. If the event was faster than that record, the work's mark tells. */
async function ownerOf(system: System, { kind, id }: Identified): Promise<Owner | undefined> {
  return ownerIn((await system.ledger.get(workKey(kind, id)))?.value);
}

function ownerIn(known: JsonObject | undefined): Owner | undefined {
  if (typeof known?.run !== 'string' || typeof known.task !== 'string' || typeof known.attempt !== 'number') return;
  return { run: known.run, task: known.task, attempt: known.attempt };
}

async function tell(system: System, owner: Owner, event: Identified, seen: SeenWork | undefined): Promise<void> {
  const { kind, name, id } = event;
  const state = stateOf(event, seen);
  if (state.is === 'open') return;
  const task = await signalTask(system, owner, {
    is: 'work',
    attempt: owner.attempt,
    of: { kind, name },
    id,
    state,
    ...(seen === undefined ? {} : { times: seen.times }),
  });
  if (task?.attempt.number === owner.attempt) {
    const { work } = task.attempt;
    if (work.kind !== kind || kindOf(kind).runs.name(work) !== name) {
      system.log({ message: 'mark of other work', level: 'warning', kind, work: name, ...owner });
    }
  }
  await goOnAfter(system, task);
}

/** The API may lag behind the event: which state it is, the event says. */
function stateOf({ state }: Identified, seen: SeenWork | undefined): WorkState {
  return seen === undefined ? state : withDetails(state, seen.state);
}

function withDetails(state: WorkState, seen: WorkState): WorkState {
  if (state.is === 'open' || seen.is === 'open') return state;
  return { ...state, ...present({ message: seen.message, output: seen.is === state.is ? seen.output : undefined }) };
}

/**
 * Any end frees capacity, whoever owned the work, for the attempt that has waited longest. If another end admitted
 * that one already, or its run is over, the attempt after it is next.
 */
async function admitNext(system: System, kind: KindName, name: string): Promise<void> {
  let from: string | undefined;
  for (;;) {
    const options = { limit: 1, ...present({ from }) };
    const [head] = (await system.ledger.list(queuePartition(kind, name), options)).items;
    if (head === undefined) return;
    from = head.key.sort;
    const { run, task } = head.value;
    if (typeof run === 'string' && typeof task === 'string' && (await startWaiting(system, { run, task }))) return;
  }
}
