import type { RunView } from '../../shared/views/run/run-view.ts';
import { failureLines } from '../render/failure-lines.ts';
import { type Cli, printJson } from '../terminal/cli.ts';
import { exitCodes } from '../terminal/command-error.ts';
import { watchRun } from './watch-run.ts';

type Watched = {
  read(): Promise<RunView | undefined>;
  readonly everyMilliseconds: number;
  readonly json: true | undefined;
};

/** Shows a run that was started elsewhere until it ends, and sets the exit code by its status. */
export async function watchUntilOver(cli: Cli, { read, everyMilliseconds, json }: Watched): Promise<void> {
  const { terminal } = cli;
  const enough = new AbortController();
  const release = terminal.onInterrupt(() => enough.abort());
  const quiet = { ...terminal, redraw: () => undefined };
  const run = await watchRun(json ? quiet : terminal, {
    read,
    now: Date.now,
    signal: enough.signal,
    everyMilliseconds,
  });
  release();
  if (enough.signal.aborted) cli.exitCode = exitCodes.interrupted;
  else if (run?.status !== 'SUCCEEDED') cli.exitCode = exitCodes.failed;
  if (json) printJson(cli, run);
  else if (run !== undefined && !enough.signal.aborted) {
    for (const line of failureLines(terminal, run)) terminal.out(line);
  }
}
