import { setTimeout } from 'node:timers/promises';
import type { RunItem, RunList } from '../../shared/views/runs/run-list.ts';
import { type Cli, printJson } from '../terminal/cli.ts';

type WatchedList = {
  read(): Promise<RunList>;
  rows(items: readonly RunItem[]): readonly string[];
  readonly everyMilliseconds: number;
  readonly json: true | undefined;
};

/** Shows a list of runs until Ctrl-C: in place on a terminal, elsewhere a line for each changed run. */
export async function watchList(cli: Cli, { read, rows, everyMilliseconds, json }: WatchedList): Promise<void> {
  const { terminal } = cli;
  const enough = new AbortController();
  const release = terminal.onInterrupt(() => enough.abort());
  let before = new Map<string, string>();
  while (!enough.signal.aborted) {
    const { runs } = await read();
    const now = new Map(runs.map((item) => [item.id, JSON.stringify(item)]));
    const changed = runs.filter(({ id }) => now.get(id) !== before.get(id)).toReversed();
    if (json) for (const item of changed) printJson(cli, item);
    else if (terminal.redraw !== undefined) terminal.redraw(rows(runs).slice(0, terminal.rows - 1));
    else if (changed.length > 0) for (const line of rows(changed).slice(before.size === 0 ? 0 : 1)) terminal.out(line);
    before = now;
    await setTimeout(everyMilliseconds, undefined, { signal: enough.signal }).catch(() => undefined);
  }
  release();
}
