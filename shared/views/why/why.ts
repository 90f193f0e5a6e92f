import type { JsonObject } from '../../json.ts';
import { present } from '../../json.ts';
import { hasEnded } from '../../runs/run/run-record.ts';
import { isKind, kindOf } from '../../tasks/kinds.ts';
import { duration } from '../duration.ts';
import { lastLine } from '../last-line.ts';
import { printable } from '../printable.ts';
import type { RunView, TaskView } from '../run/run-view.ts';
import { timeOf } from '../shapes.ts';
import { plainCause } from './plain-cause.ts';
import { stateWords } from './state-words.ts';
import { triesAgain } from './tries-again.ts';
import type { WhyView } from './why-view.ts';

/** Why the run is not running, has not ended, or ended as it did. @param now epoch milliseconds */
export function whyRun(run: RunView, now: number): WhyView {
  const { id, status } = run;
  const said = (code: string, facts: JsonObject, sentence: string): WhyView => ({ run: id, code, facts, sentence });
  if (!hasEnded(status)) {
    const { code, facts, sentence } = whyLive(run, now);
    const late = run.late ? { late: true } : {};
    return said(code, { ...facts, ...late }, `${id} ${run.late ? 'is late: it ' : ''}${sentence}.`);
  }
  if (status === 'SUCCEEDED')
    return said('succeeded', {}, `${id} is done: every task succeeded, was kept, skipped or tolerated.`);
  if (status === 'SKIPPED')
    return said(
      'skipped',
      {},
      `${id} was skipped: another run was live or a newer one arrived, and the pipeline does not queue runs.`,
    );
  if (status === 'TIMED_OUT')
    return said(
      'timed-out',
      cutOff(run),
      `${id} timed out: it did not end before its deadline${left(run)}${again(run)}.`,
    );
  if (status === 'ABORTED') {
    const by = run.cancelledBy === undefined ? {} : { cancelledBy: run.cancelledBy };
    return said('stopped', { ...by, ...cutOff(run) }, `${id} was stopped${cancelled(run)}${left(run)}${again(run)}.`);
  }
  const failed = run.tasks.filter((task) => own.has(task.state) && !task.tolerated);
  if (failed.length === 0) {
    const cause = run.cause === undefined ? '' : lastLine(plainCause(run.cause));
    const facts = { ...present({ error: run.error }), ...(cause === '' ? {} : { cause }) };
    return said(
      'failed',
      facts,
      `${id} failed: ${run.error ?? 'for an unknown reason'}${cause === '' ? '' : `, ${cause}`}${again(run)}.`,
    );
  }
  const tasks = failed.map(({ name, state }) => ({ name, state }));
  return said('tasks-failed', { tasks }, `${id} failed, because ${failedBecause(failed)}${again(run)}.`);
}

/** Tells those who look for failed runs that somebody has dealt with this one. */
function again({ started }: RunView): string {
  const rerun = started.findLast(({ by }) => by === 'rerun');
  return rerun === undefined ? '' : `; it was rerun as ${rerun.run}`;
}

/** With its cause if a single task failed: one sentence then holds the whole reason. */
function failedBecause(failed: readonly TaskView[]): string {
  const [first, ...others] = failed.map(({ name, state, cause }) => {
    const reason = lastLine(plainCause(cause ?? '')).replace(/\.$/, '');
    return { short: `${name} ${verb(state)}`, whole: `${name} ${verb(state)}${reason === '' ? '' : `: ${reason}`}` };
  });
  if (first === undefined) return '';
  return others.length === 0 ? first.whole : [first, ...others].map(({ short }) => short).join(', ');
}

function cutOff({ tasks }: RunView): JsonObject {
  return { tasks: tasks.filter(({ state }) => state === 'stopped').map(({ name }) => name) };
}

function cancelled({ cancelledBy }: RunView): string {
  return cancelledBy === undefined ? '' : `, because ${cancelledBy} is newer (overlap: cancel_running)`;
}

/** The same for one of its tasks. */
export function whyTask(run: RunView, task: TaskView, now: number): WhyView {
  const { name, state, waitsFor, attempts, error, kept } = task;
  const last = attempts.at(-1);
  const facts: JsonObject = {
    state,
    ...(waitsFor.length === 0 ? {} : { waitsFor }),
    ...(last === undefined ? {} : { attempt: last.number }),
    ...(last?.startedAt === undefined ? {} : { since: last.startedAt }),
    ...(last?.reason === undefined ? {} : { reason: lastLine(plainCause(last.reason)) }),
    ...present({ pool: last?.pool }),
    ...present({ error }),
    ...(kept ? { kept } : {}),
  };
  const code = state.replaceAll('_', '-');
  return { run: run.id, task: name, code, facts, sentence: `${name} ${taskClause(run, task, now)}.` };
}

const own: ReadonlySet<string> = new Set(['failed', 'timed_out', 'stopped']);
const bad: ReadonlySet<string> = new Set([...own, 'upstream_failed']);

function whyLive(run: RunView, now: number): Pick<WhyView, 'code' | 'facts' | 'sentence'> {
  if (run.status !== 'RUNNING') {
    const waits =
      run.waits ??
      (run.status === 'QUEUED' ? 'it is waiting for an earlier run of the pipeline' : 'it is being started');
    const code = run.status === 'QUEUED' ? 'queued' : 'being-started';
    return { code, facts: run.status === 'QUEUED' ? { waits } : {}, sentence: `has not started: ${waits}` };
  }
  const busy = run.tasks.filter(({ state }) => ['starting', 'retrying', 'queued', 'running'].includes(state));
  if (busy.length === 0) return { code: 'between-tasks', facts: {}, sentence: 'is between two tasks' };
  const clauses = busy.map((task) => `${task.name} ${taskClause(run, task, now)}`).join('; ');
  const tasks = busy.map(({ name, state }) => ({ name, state }));
  return { code: 'tasks-under-way', facts: { tasks }, sentence: `is not done, because ${clauses}` };
}

function taskClause(run: RunView, task: TaskView, now: number): string {
  const last = task.attempts.at(-1);
  const passed = last?.startedAt === undefined ? undefined : duration(now - timeOf(last.startedAt));
  const since = passed === undefined ? '' : ` for ${passed}`;
  const waits = passed === undefined ? 'waits' : `has waited ${passed}`;
  const attempt = last === undefined || last.number === 1 ? '' : `, in attempt ${last.number}`;
  const said = lastLine(plainCause(task.cause ?? '')).replace(/\.$/, '');
  const items = task.items === undefined ? '' : `: ${printable(task.items.sentence)}`;
  const kept = task.kept ? `, in ${run.rerunOf ?? 'an earlier run'}: it was kept` : '';
  switch (task.state) {
    case 'waiting':
      return task.waitsFor.length === 0
        ? turn(run, task, now)
        : `waits for ${task.waitsFor.join(', ')}${inTheEnd(run, task)}`;
    case 'starting':
      return `is being started${since}${attempt}`;
    case 'retrying':
      return `is retrying: ${triesAgain(task, now)}`;
    case 'queued':
      return last?.pool === undefined
        ? `${waits} for room in Glue${last?.reason === undefined ? '' : ` (${last.reason})`}${attempt}`
        : `${waits} for a place: ${last.reason}${attempt}`;
    case 'running':
      return isDecided(task)
        ? `${waits} for a decision: npx gluewright approve ${run.id} ${task.name}, or reject${attempt}`
        : `has been running${since}${attempt}${items}`;
    case 'not_run':
      return `did not start before the run ended`;
    case 'upstream_failed':
    case 'skipped':
      return `${task.state === 'skipped' ? 'was skipped' : 'did not run'}${because(run, task)}${kept}`;
    default:
      return `${verb(task.state)}${said === '' ? items : `: ${said}`}${kept}`;
  }
}

function isDecided({ attempts }: TaskView): boolean {
  const kind = attempts.at(-1)?.kind;
  return kind !== undefined && isKind(kind) && kindOf(kind).runs.looks?.decided !== undefined;
}

/** The ledger hears of a task when its state calls. If the state's expressions fail, it hears only at the end. */
function turn(run: RunView, { after }: TaskView, now: number): string {
  const ends = run.tasks.flatMap(({ name, endedAt }) =>
    after.includes(name) && endedAt !== undefined ? [timeOf(endedAt)] : [],
  );
  const since = Math.max(timeOf(run.startedAt ?? run.createdAt), ...ends);
  if (now - since < expectedMilliseconds) return 'is about to start';
  return `has been ready for ${duration(now - since)} but has not started: one of its expressions may have failed; see npx gluewright show ${run.id} --history`;
}

const expectedMilliseconds = 30_000;

/** What is really running, if the awaited task waits itself. */
function inTheEnd(run: RunView, { waitsFor }: TaskView): string {
  const byName = new Map(run.tasks.map((task) => [task.name, task]));
  const seen = new Set(waitsFor);
  // a set yields items that are added during the walk
  for (const name of seen) for (const next of byName.get(name)?.waitsFor ?? []) seen.add(next);
  const busy = [...seen].filter((name) => byName.get(name)?.state !== 'waiting');
  const further = busy.filter((name) => !waitsFor.includes(name));
  return further.length === 0 ? '' : `, ultimately for ${further.join(', ')}`;
}

/** The upstream task that explains the outcome. */
function because(run: RunView, task: TaskView): string {
  // a task that could run evaluated its `if`; the others did not
  if (task.state === 'skipped' && task.attempts.length > 0) return ': its `if` was false';
  const upstream = run.tasks.filter(({ name }) => task.after.includes(name));
  const guilty = upstream.filter(({ state }) =>
    task.state === 'skipped' ? state === 'skipped' || bad.has(state) : bad.has(state),
  );
  if (guilty.length === 0) return task.state === 'skipped' ? ': its join rule was not met' : '';
  return `, because ${guilty.map(({ name, state }) => `${name} ${verb(state)}`).join(', ')}`;
}

function verb(state: TaskView['state']): string {
  if (state === 'stopped' || state === 'skipped') return `was ${state}`;
  return state === 'upstream_failed' ? 'did not run' : stateWords[state];
}

function left(run: RunView): string {
  const alive = run.settled ? [] : run.tasks.filter(({ state }) => state === 'running').map(({ name }) => name);
  if (!run.settled)
    return `, and ${alive.length === 0 ? 'its last job runs are' : `${alive.join(', ')} ${alive.length === 1 ? 'is' : 'are'}`} being stopped`;
  const cut = run.tasks.filter(({ state }) => state === 'stopped').map(({ name }) => name);
  return cut.length === 0 ? '' : ` while ${cut.join(', ')} ran`;
}
