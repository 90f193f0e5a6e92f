import { setTimeout } from 'node:timers/promises';
import { present } from '../../shared/json.ts';
import { showsOf } from '../../shared/tasks/kinds.ts';
import type { LogAsked } from '../../shared/use-cases/requests/read-log.ts';
import type { LogView } from '../../shared/views/run/log-view.ts';
import type { AttemptView, RunView, TaskView } from '../../shared/views/run/run-view.ts';
import { lastBegun } from '../../shared/views/why/tries-again.ts';
import { type Cli, printJson } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

type Begun = AttemptView & { readonly id: string };

/** Where logs are: on this machine, or on a stage. */
export type Logs = {
  /** @throws {CommandError} there is no such run */
  readRun(id: string): Promise<RunView>;
  /** Undefined: there is no log yet. */
  read(run: string, task: string, attempt: Begun, page: LogAsked): Promise<LogView | undefined>;
  readonly everyMilliseconds: number;
};

export type LogsAsked = {
  readonly task: string;
  readonly attempt?: number;
  /** How many of the last lines. Absent: all. */
  readonly lines?: number;
  readonly search?: string;
  readonly follow: boolean;
  readonly json: boolean;
};

const pageLength = 1_000;

/** Prints the log of a task's work page by page, and follows it if asked. */
export async function printLogs(cli: Cli, logs: Logs, id: string, asked: LogsAsked): Promise<void> {
  const run = await logs.readRun(id);
  const task = findTask(run, asked.task);
  if (asked.follow) return follow(cli, logs, id, asked);
  const attempt = findAttempt(run, task, asked.attempt);
  const page = asked.lines === undefined ? readAll(logs, id, attempt, asked) : readLast(logs, id, attempt, asked);
  const found = await page;
  if (asked.json) {
    const none: LogView = { run: id, task: asked.task, attempt: attempt.number, id: attempt.id, lines: [] };
    return printJson(cli, found ?? none);
  }
  print(cli, found?.lines ?? []);
  if ((found?.lines.length ?? 0) === 0) {
    cli.terminal.err(asked.search === undefined ? 'the job wrote nothing' : 'no line contains that');
  }
}

function print({ terminal }: Cli, lines: LogView['lines']): void {
  for (const { stream, text } of lines) {
    if (stream === 'output') terminal.out(text);
    else terminal.err(text);
  }
}

async function readAll(logs: Logs, id: string, attempt: Begun, asked: LogsAsked): Promise<LogView | undefined> {
  const lines: LogView['lines'][number][] = [];
  let cursor: string | undefined;
  for (;;) {
    const search = asked.search;
    const page = await logs.read(id, asked.task, attempt, {
      from: 'start',
      limit: pageLength,
      ...present({ cursor, search }),
    });
    if (page === undefined) return undefined;
    lines.push(...page.lines);
    cursor = page.next;
    if (cursor !== undefined) continue;
    const { next: _, ...whole } = page;
    return { ...whole, lines };
  }
}

async function readLast(logs: Logs, id: string, attempt: Begun, asked: LogsAsked): Promise<LogView | undefined> {
  const wanted = asked.lines ?? 0;
  let lines: LogView['lines'] = [];
  let cursor: string | undefined;
  for (;;) {
    const limit = Math.min(wanted - lines.length, pageLength);
    const search = asked.search;
    const page = await logs.read(id, asked.task, attempt, { from: 'end', limit, ...present({ cursor, search }) });
    if (page === undefined) return undefined;
    lines = [...page.lines, ...lines];
    cursor = page.next;
    if (cursor === undefined || lines.length >= wanted) return { ...page, lines };
  }
}

/** Attempt by attempt, until the task has ended. */
async function follow(cli: Cli, logs: Logs, id: string, asked: LogsAsked): Promise<void> {
  const enough = new AbortController();
  const release = cli.terminal.onInterrupt(() => enough.abort());
  let at: { readonly number: number; readonly cursor?: string } | undefined;
  while (!enough.signal.aborted) {
    const run = await logs.readRun(id);
    const task = findTask(run, asked.task);
    const begun = asked.attempt === undefined ? nextBegun(task, at?.number) : findAttempt(run, task, asked.attempt);
    let isMore = false;
    if (begun !== undefined) {
      const cursor = begun.number === at?.number ? at.cursor : undefined;
      const page = await logs.read(id, asked.task, begun, {
        from: 'start',
        limit: pageLength,
        ...present({ cursor, search: asked.search }),
      });
      for (const line of page?.lines ?? []) {
        if (asked.json) printJson(cli, { attempt: begun.number, ...line });
        else print(cli, [line]);
      }
      isMore = page?.next !== undefined;
      const isOver = begun.endedAt !== undefined && !isMore;
      const more = isOver && asked.attempt === undefined ? nextBegun(task, begun.number, true) : undefined;
      at =
        more === undefined
          ? { number: begun.number, ...present({ cursor: page?.next ?? page?.after }) }
          : { number: more.number };
      if (isOver && more === undefined && (task.endedAt !== undefined || asked.attempt !== undefined)) break;
      if (more !== undefined) continue;
    } else if (run.settled) break;
    if (!isMore) await setTimeout(logs.everyMilliseconds, undefined, { signal: enough.signal }).catch(() => undefined);
  }
  release();
  if (enough.signal.aborted) cli.exitCode = exitCodes.interrupted;
}

/** The attempt that is read, or the first. @param behind for the attempt after it */
function nextBegun({ attempts }: TaskView, number: number | undefined, behind = false): Begun | undefined {
  for (const attempt of attempts) {
    const { id } = attempt;
    const isNext = number === undefined || (behind ? attempt.number > number : attempt.number >= number);
    if (id !== undefined && isNext) return { ...attempt, id };
  }
  return undefined;
}

function findTask(run: RunView, name: string): TaskView {
  const task = run.tasks.find((task) => task.name === name);
  if (task === undefined) {
    const known = run.tasks.map((task) => task.name).join(', ');
    throw new CommandError(exitCodes.notFound, `the run has no task ${name}; it has ${known}`);
  }
  const [attempt] = task.attempts;
  if (attempt === undefined || showsOf(attempt.kind)?.logs === true) return task;
  const instead = `npx gluewright why ${run.id} ${name}`;
  throw new CommandError(
    exitCodes.notFound,
    `${name} is a task of the kind ${attempt.kind}, which has no log: ${instead}`,
  );
}

function findAttempt(run: RunView, task: TaskView, wanted: number | undefined): Begun {
  const asked = task.attempts.findLast(({ number }) => number === wanted);
  const attempt = wanted === undefined ? lastBegun(task) : asked;
  const { id } = attempt ?? {};
  if (attempt !== undefined && id !== undefined) return { ...attempt, id };
  if (task.kept && run.rerunOf !== undefined) {
    const message = `${task.name} was kept from an earlier run: npx gluewright logs ${run.rerunOf} ${task.name}`;
    throw new CommandError(exitCodes.notFound, message);
  }
  const which = wanted === undefined ? '' : ` in attempt ${wanted}`;
  throw new CommandError(exitCodes.notFound, `the task ${task.name} has started no job${which}; it is ${task.state}`);
}
