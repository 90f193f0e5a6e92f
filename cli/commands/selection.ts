import type { Command } from 'commander';
import { present } from '../../shared/json.ts';
import { endStatuses, liveStatuses, type RunStatus } from '../../shared/runs/run/run-record.ts';
import type { Selection } from '../../shared/use-cases/requests/select-runs.ts';
import type { BulkDone, BulkPlanView } from '../../shared/views/runs/bulk-view.ts';
import { isoTime } from '../../shared/views/shapes.ts';
import { table } from '../render/table.ts';
import { type Cli, type JsonOption, printJson } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { timeOption } from '../terminal/time-option.ts';

export type SelectionOptions = JsonOption & {
  readonly pipeline?: string;
  readonly status?: readonly string[];
  readonly trigger?: string;
  readonly since?: string;
  readonly until?: string;
  readonly for?: string;
  readonly plan?: true;
  readonly agreed?: string;
  readonly yes?: true;
};

/** Adds the filters that select runs in place of a named run. */
export function addSelection(command: Command): Command {
  return command
    .option('--pipeline <name>', 'without a run: those of this pipeline')
    .option('--status <status...>', 'without a run: those with these statuses')
    .option('--trigger <name>', 'without a run: those of a trigger with this name or kind')
    .option('--since <time>', 'without a run: those requested since then: 2d, 12h, or a time')
    .option('--until <time>', 'without a run: those requested before then')
    .option('--for <time>', 'without a run: those whose interval contains this day or time')
    .option('--agreed <digest>', 'without a run: act on the plan with this digest');
}

/** @throws {CommandError} */
export function selectionOf(options: SelectionOptions, now: number): Selection {
  const { pipeline, trigger, since, until, status, for: within } = options;
  if (pipeline === undefined && since === undefined) {
    throw new CommandError(exitCodes.usage, 'name a run, or select runs with --pipeline, --since, or both');
  }
  return present({
    pipeline,
    trigger,
    statuses: status?.map(statusOf),
    since: since === undefined ? undefined : timeOption('--since', since, now),
    until: until === undefined ? undefined : timeOption('--until', until, now),
    within: within === undefined ? undefined : timeOption('--for', within, now),
  });
}

export function statusOf(text: string): RunStatus {
  const known = [...liveStatuses, ...endStatuses];
  const found = known.find((status) => status === text.toUpperCase());
  if (found !== undefined) return found;
  throw new CommandError(exitCodes.usage, `--status takes ${known.join(', ')}, not ${text}`);
}

/** As the API takes it. */
export function selectionBody({ pipeline, statuses, trigger, since, until, within }: Selection): object {
  return present({
    pipeline,
    status: statuses,
    trigger,
    since: since === undefined ? undefined : isoTime(since),
    until: until === undefined ? undefined : isoTime(until),
    for: within === undefined ? undefined : isoTime(within),
  });
}

export type Bulk = {
  /** For people: `run again`, `stopped`. */
  readonly done: string;
  plan(): Promise<BulkPlanView>;
  /** @throws {CommandError} the plan has changed */
  act(digest: string): Promise<BulkDone>;
};

/** Shows the plan, and acts on it after consent: its digest, an answer, or --yes. */
export async function actOnSelection(cli: Cli, bulk: Bulk, options: SelectionOptions): Promise<void> {
  const { terminal } = cli;
  const { agreed, json, plan: only, yes } = options;
  if (agreed !== undefined) return show(cli, bulk, await bulk.act(agreed), json);
  const plan = await bulk.plan();
  if (only) return json ? printJson(cli, plan) : terminal.out(planLines(plan, true).join('\n'));
  if (!json) terminal.out(planLines(plan, false).join('\n'));
  if (plan.runs.length === 0) return json ? printJson(cli, { done: [], refused: [], more: plan.more }) : undefined;
  if (!yes) await agree(cli, plan);
  show(cli, bulk, await bulk.act(plan.digest), json);
}

async function agree({ terminal }: Cli, { digest, runs }: BulkPlanView): Promise<void> {
  if (terminal.ask === undefined) {
    throw new CommandError(exitCodes.usage, `nothing was done: add --agreed ${digest}, or --yes`);
  }
  const answer = await terminal.ask(`Do this with ${runs.length === 1 ? 'the run' : `all ${runs.length}`}? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError(exitCodes.usage, 'nothing was done');
}

function planLines({ runs, leftOut, more, digest }: BulkPlanView, isPlan: boolean): string[] {
  const rows = runs.map(({ run, status, interval, runs: will, keeps }) => [
    run,
    status,
    interval === undefined ? '' : `${interval.start} – ${interval.end}`,
    will === undefined ? '' : `${will} of ${will + (keeps ?? 0)} tasks`,
  ]);
  const titles = ['RUN', 'STATUS', 'INTERVAL', 'WOULD RUN'].map((title) => ({ title }));
  const shownColumns = titles.map((_, column) => rows.some((row) => row[column] !== ''));
  const shown = table(
    titles.filter((_, column) => shownColumns[column]),
    rows.map((row) => row.filter((_, column) => shownColumns[column])),
  );
  return [
    ...(runs.length === 0 ? ['there is nothing to do'] : shown),
    ...leftOut.map(({ run, why }) => `left out: ${run}: ${why}`),
    ...(more ? ['there are more, older runs: repeat the command after this'] : []),
    ...(isPlan && runs.length > 0
      ? ['', `to do it, repeat the command with --agreed ${digest} instead of --plan`]
      : []),
  ];
}

function show(cli: Cli, { done: what }: Bulk, { done, refused, more }: BulkDone, json: true | undefined): void {
  if (refused.length > 0) cli.exitCode = exitCodes.failed;
  if (json) {
    printJson(cli, { done, refused, more });
    return;
  }
  for (const { run, now } of done) cli.terminal.out(now === run ? `${run} is ${what}` : `${run} is ${what}, as ${now}`);
  for (const { run, why } of refused) cli.terminal.err(`gluewright: ${run} is not ${what}: ${why}`);
  if (more) cli.terminal.out('there are more, older runs: repeat the command');
}
