import { present } from '../../shared/json.ts';
import { readSlots } from '../../shared/views/queues/read-slots.ts';
import type { RunView } from '../../shared/views/run/run-view.ts';
import type { Session } from '../open/session.ts';
import { failureLines } from '../render/failure-lines.ts';
import { type Cli, printJson } from '../terminal/cli.ts';
import { exitCodes } from '../terminal/command-error.ts';
import { watchRun } from './watch-run.ts';

/** Shows a run until its end and sets the exit code by it. With `json`, only the end is printed. */
export async function awaitRun(cli: Cli, session: Session, id: string, json: boolean): Promise<RunView | undefined> {
  const { terminal } = cli;
  const interrupted = new AbortController();
  const release = terminal.onInterrupt(() => interrupted.abort());
  const quiet = { ...terminal, redraw: () => undefined };
  const run = await watchRun(json ? quiet : terminal, {
    read: () => session.readRun(id),
    now: session.system.clock,
    signal: interrupted.signal,
    ...present({ over: session.whenOver?.(id) }),
  });
  release();
  if (interrupted.signal.aborted) {
    cli.exitCode = exitCodes.interrupted;
    terminal.err(leftAlone(id, session.embedded));
    return run;
  }
  if (run === undefined) return undefined;
  await session.awaitExecution(id);
  if (run.status !== 'SUCCEEDED') cli.exitCode = exitCodes.failed;
  if (json) printJson(cli, run);
  else if (run.status === 'SKIPPED') terminal.out(`skipped: ${await whySkipped(session, run.pipeline)}`);
  else for (const line of afterwards(cli, run)) terminal.out(line);
  return run;
}

/** Why a run was skipped. */
export async function whySkipped({ system }: Session, pipeline: string): Promise<string> {
  const { live = [] } = (await readSlots(system.ledger, pipeline)) ?? {};
  const overlap = system.catalog.byName(pipeline)?.pipeline.runs.overlap ?? 'skip';
  const what =
    live.length === 0 ? 'another run was live' : `${live.join(', ')} ${live.length === 1 ? 'is' : 'are'} live`;
  return `${what} (overlap: ${overlap})`;
}

function afterwards({ terminal }: Cli, run: RunView): string[] {
  if (run.status === 'SUCCEEDED') return [];
  const failures = failureLines(terminal, run);
  const names = run.tasks.filter((task) => task.error !== undefined && !task.tolerated).map((task) => task.name);
  const what = names.length > 0 ? `: ${names.join(', ')} did not succeed` : '';
  return [
    ...(failures.length > 0 ? ['', ...failures] : []),
    '',
    `the run ended with status ${run.status}${what}`,
    `after you fix it: ${terminal.style('bold', `npx gluewright rerun ${run.id} --failed`)}`,
  ];
}

function leftAlone(id: string, embedded: boolean): string {
  const goesOn = embedded ? 'the next gluewright dev or run continues it' : 'it continues in gluewright dev';
  return `gluewright: the run ${id} has not ended: ${goesOn}; npx gluewright stop ${id} stops it`;
}
