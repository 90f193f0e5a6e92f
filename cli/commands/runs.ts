import { present } from '../../shared/json.ts';
import { duration } from '../../shared/views/duration.ts';
import { readRun } from '../../shared/views/run/read-run.ts';
import { listRuns, type RunsWanted } from '../../shared/views/runs/list-runs.ts';
import { type RunItem, type RunList, runList } from '../../shared/views/runs/run-list.ts';
import { isoTime, timeOf } from '../../shared/views/shapes.ts';
import { whyRun } from '../../shared/views/why/why.ts';
import { whyView } from '../../shared/views/why/why-view.ts';
import { openLedger } from '../open/open-ledger.ts';
import { findPipeline, openProject, readPipelines } from '../open/open-project.ts';
import { findProjectRoot } from '../open/project-root.ts';
import { table } from '../render/table.ts';
import { runStatus } from '../render/task-state.ts';
import { timestamp } from '../render/timestamp.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { addStageOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type Cli, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { timeOption } from '../terminal/time-option.ts';
import { watchList } from '../watch/watch-list.ts';
import { statusOf } from './selection.ts';

type RunsOptions = JsonOption &
  StageOptions & {
    readonly limit: string;
    readonly status?: readonly string[];
    readonly trigger?: string;
    readonly since?: string;
    readonly until?: string;
    readonly for?: string;
    readonly watch?: true;
    readonly why?: true;
  };

export const runs: Register = (program, cli) => {
  const command = addCommand(
    program,
    'runs',
    'list the runs, the newest first',
    'runs airport-safety --status FAILED --since 2d',
  );
  addStageOptions(command)
    .argument('[pipeline]', 'only its runs')
    .option('--limit <number>', 'how many runs at most', '20')
    .option('--status <status...>', 'only runs with these statuses: FAILED, RUNNING, …')
    .option('--trigger <name>', 'only runs of a trigger with this name, or of this kind: cli, rerun, …')
    .option('--since <time>', 'only runs requested since then: 2d, 12h, 2026-11-22, or a time in ISO 8601')
    .option('--until <time>', 'only runs requested before then')
    .option('--for <time>', 'only runs whose interval contains this day or time')
    .option('--why', 'explain each run in a sentence')
    .option('--watch', 'show changes until Ctrl-C')
    .action(async (pipeline: string | undefined, options: RunsOptions) => {
      const wanted = wantedOf(pipeline, options, Date.now());
      const stage = await openStage(cli, options);
      const read = () =>
        stage === undefined
          ? readLocally(cli, wanted)
          : listAll(async (page) => (await stage.get(`/runs?${queryOf(page)}`, runList)).view, wanted);
      if (options.watch) {
        const rows = (items: readonly RunItem[]) => runRows(cli, items, wanted).split('\n');
        return watchList(cli, { read, rows, everyMilliseconds: stage === undefined ? 500 : 3_000, json: options.json });
      }
      const found = await read();
      if (stage === undefined && pipeline !== undefined && found.runs.length === 0)
        findPipeline(await openProject(cli), pipeline);
      if (options.json) return printJson(cli, found);
      if (!options.why) return cli.terminal.out(runRows(cli, found.runs, wanted));
      for (const { id } of found.runs) cli.terminal.out(await sentenceOf(cli, stage, id));
    });
};

async function sentenceOf({ terminal }: Cli, stage: Stage | undefined, id: string): Promise<string> {
  if (stage !== undefined) return (await stage.get(`/runs/${encodeURIComponent(id)}/why`, whyView)).view.sentence;
  const { home, pipelines } = await readPipelines(terminal);
  const open = openLedger(home);
  try {
    const run = open === undefined ? undefined : await readRun(open.ledger, id, pipelines);
    return run === undefined ? '' : whyRun(run, Date.now()).sentence;
  } finally {
    open?.close();
  }
}

async function readLocally({ terminal }: Cli, wanted: RunsWanted): Promise<RunList> {
  const open = openLedger(findProjectRoot(terminal).home);
  if (open === undefined) return { runs: [] };
  try {
    return await listAll((page) => listRuns(open.ledger, page), wanted);
  } finally {
    open.close();
  }
}

/** The query of a request to the API. */
function queryOf({ limit, pipeline, statuses = [], trigger, since, until, within, cursor }: RunsWanted): string {
  const given = { limit: String(limit), pipeline, trigger, cursor };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query.append(name, value);
  for (const status of statuses) query.append('status', status);
  if (since !== undefined) query.append('since', isoTime(since));
  if (until !== undefined) query.append('until', isoTime(until));
  if (within !== undefined) query.append('for', isoTime(within));
  return query.toString();
}

const pageLength = 200;

/** Reads page by page, up to the limit. */
export async function listAll(
  read: (page: RunsWanted) => Promise<RunList>,
  { limit, ...wanted }: RunsWanted,
): Promise<RunList> {
  const runs: RunItem[] = [];
  let next: string | undefined;
  do {
    const cursor = next === undefined ? {} : { cursor: next };
    const page = await read({ ...wanted, ...cursor, limit: Math.min(limit - runs.length, pageLength) });
    runs.push(...page.runs);
    next = page.next;
  } while (next !== undefined && runs.length < limit);
  return { runs, ...present({ next }) };
}

/** @throws {CommandError} */
function wantedOf(pipeline: string | undefined, options: RunsOptions, now: number): RunsWanted {
  const limit = Number(options.limit);
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new CommandError(exitCodes.usage, '--limit takes a whole number from 1');
  }
  return {
    limit,
    ...present({ pipeline }),
    ...(options.status === undefined ? {} : { statuses: options.status.map(statusOf) }),
    ...present({ trigger: options.trigger }),
    ...(options.since === undefined ? {} : { since: timeOption('--since', options.since, now) }),
    ...(options.until === undefined ? {} : { until: timeOption('--until', options.until, now) }),
    ...(options.for === undefined ? {} : { within: timeOption('--for', options.for, now) }),
  };
}

function isFiltered({ limit: _, ...filters }: RunsWanted): boolean {
  return Object.keys(filters).length > 0;
}

function runRows({ terminal }: Cli, items: readonly RunItem[], wanted: RunsWanted): string {
  if (items.length === 0) return isFiltered(wanted) ? 'no such runs' : 'no runs yet';
  const rows = items.map(({ id, pipeline, status, interval, startedAt, endedAt, late, waits }) => [
    id,
    pipeline,
    runStatus(terminal, { status, late }),
    interval === undefined ? '' : `${interval.start} – ${interval.end}`,
    startedAt === undefined ? (endedAt === undefined ? 'not yet' : 'never') : timestamp(startedAt),
    waits === undefined ? time(startedAt, endedAt) : `waits: ${waits}`,
  ]);
  const intervals = items.some(({ interval }) => interval !== undefined);
  const titles = ['RUN', 'PIPELINE', 'STATUS', 'INTERVAL', 'STARTED', 'TIME'].map((title) => ({ title }));
  const without = <Cell>(cells: readonly Cell[]): Cell[] => (intervals ? [...cells] : cells.toSpliced(3, 1));
  return table(without(titles), rows.map(without)).join('\n');
}

function time(start: string | undefined, end: string | undefined): string {
  return start === undefined ? '' : duration((end === undefined ? Date.now() : timeOf(end)) - timeOf(start));
}
