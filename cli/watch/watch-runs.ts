import { setTimeout } from 'node:timers/promises';
import type { Runtime } from '../../local/runtime.ts';
import { hasEnded } from '../../shared/runs/run/run-record.ts';
import { readRun } from '../../shared/views/run/read-run.ts';
import { listRuns } from '../../shared/views/runs/list-runs.ts';
import { failureLines } from '../render/failure-lines.ts';
import type { Cli } from '../terminal/cli.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { lineByLine, type Show } from './watch-run.ts';

/** How often changes are looked for. Runs do not wait for it. */
const lookMilliseconds = 200;
const newest = 50;

/**
 * Prints the progress of all runs from now on, a line for each change (or each change of a run, as JSON), until
 * `enough` is aborted.
 */
export async function watchRuns(
  { terminal }: Cli,
  { system, changeMark }: Pick<Runtime, 'system' | 'changeMark'>,
  json: boolean,
  enough: AbortSignal,
): Promise<void> {
  const listed = async () => (await listRuns(system.ledger, { limit: newest })).runs;
  const shown = new Map<string, Show>();
  const over = new Set((await listed()).filter(isOver).map(({ id }) => id));

  async function showNews(): Promise<void> {
    for (const { id: name } of (await listed()).toReversed()) {
      if (over.has(name)) continue;
      const pipelines = system.catalog.pipelines.map(({ pipeline }) => pipeline);
      const run = await readRun(system.ledger, name, pipelines);
      if (run === undefined) continue;
      const show = shown.get(name) ?? (json ? jsonLines(terminal) : lineByLine(terminal, `${name}  `));
      shown.set(name, show);
      show(run, system.clock());
      if (!hasEnded(run.status)) continue;
      if (!json) for (const line of failureLines(terminal, run)) terminal.out(line);
      over.add(name);
      shown.delete(name);
    }
  }

  let read = '';
  while (!enough.aborted) {
    // before reading, so that a change made meanwhile is read next time
    const mark = changeMark();
    if (mark !== read) await showNews();
    read = mark;
    await setTimeout(lookMilliseconds, undefined, { signal: enough }).catch(() => undefined);
  }
}

function isOver(run: { readonly endedAt?: unknown }): boolean {
  return run.endedAt !== undefined;
}

function jsonLines(terminal: Terminal): Show {
  let before = '';
  return ({ id, pipeline, status }) => {
    if (status !== before) terminal.out(JSON.stringify({ run: id, pipeline, status }));
    before = status;
  };
}
