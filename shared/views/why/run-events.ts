import { present } from '../../json.ts';
import { hasEnded } from '../../runs/run/run-record.ts';
import { lastLine } from '../last-line.ts';
import type { OwnRunView } from '../run/read-run.ts';
import type { AttemptView, TaskView } from '../run/run-view.ts';
import type { EventList, EventView } from './event-view.ts';
import { plainCause } from './plain-cause.ts';
import { stateWords } from './state-words.ts';
import { attemptEnd } from './tries-again.ts';

const endWords = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  ABORTED: 'was stopped',
  SKIPPED: 'was skipped',
} satisfies Partial<Record<OwnRunView['status'], string>>;

type Told = Omit<EventView, 'id'>;

/** The history of a run, oldest first. @param after only events after the one with this id */
export function runEvents(run: OwnRunView, after?: string): EventList {
  const told = [...runEventsOf(run), ...run.tasks.flatMap(taskEvents)];
  const named = told.map((event) => ({ id: idOf(event), ...event }));
  const events = named
    .filter(({ id }) => after === undefined || id > after)
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const last = events.at(-1)?.id ?? after;
  return { run: run.id, events, ...present({ after: last }), settled: run.settled };
}

/** Events of the same time come in the order in which they can happen. */
const order = ['run-asked', 'run-started', 'attempt-begun', 'attempt-ended', 'task-ended', 'run-ended'];

function idOf({ at, code, task = '', attempt = 0 }: Told): string {
  return `${at}_${order.indexOf(code)}_${task}_${attempt}`;
}

function runEventsOf(run: OwnRunView): Told[] {
  const { id, createdAt, startedAt, endedAt, trigger, status } = run;
  const by = typeof trigger.kind === 'string' ? ` (trigger: ${trigger.kind})` : '';
  const cause = run.cause === undefined ? '' : `, ${lastLine(plainCause(run.cause))}`;
  const why = run.error === undefined ? '' : `: ${run.error}${cause}`;
  return [
    { at: createdAt, code: 'run-asked', sentence: `${id} was requested${by}.` },
    ...(startedAt === undefined ? [] : [{ at: startedAt, code: 'run-started', sentence: `${id} started.` }]),
    ...(endedAt === undefined || !hasEnded(status)
      ? []
      : [{ at: endedAt, code: 'run-ended', sentence: `${id} ${endWords[status]}${why}.` }]),
  ];
}

function taskEvents(task: TaskView): Told[] {
  const { name, endedAt, state } = task;
  const end = endedAt === undefined ? [] : [{ at: endedAt, code: 'task-ended', task: name, sentence: ended(task) }];
  // a false `if` began no work
  return state === 'skipped' ? end : [...task.attempts.flatMap((attempt) => attemptEvents(name, attempt)), ...end];
}

function ended({ name, state, kept, tolerated }: TaskView): string {
  const how = state === 'stopped' || state === 'skipped' ? `was ${state}` : stateWords[state];
  return `${name} ${how}${kept ? ' in an earlier run' : ''}${tolerated ? ', which is tolerated' : ''}.`;
}

function attemptEvents(task: string, attempt: AttemptView): Told[] {
  const { number, startedAt, endedAt, kind, work, id } = attempt;
  const what = { task, attempt: number };
  const which = id === undefined ? '' : `, as ${id}`;
  return [
    ...(startedAt === undefined
      ? []
      : [
          {
            at: startedAt,
            code: 'attempt-begun',
            ...what,
            sentence: `${task}: attempt ${number} of the ${kind.replace('-', ' ')} ${work} began${which}.`,
          },
        ]),
    ...(endedAt === undefined
      ? []
      : [{ at: endedAt, code: 'attempt-ended', ...what, sentence: `${task}: ${attemptEnd(attempt)}.` }]),
  ];
}
