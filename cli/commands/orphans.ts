import { findOrphans, orphanView, stopOrphans } from '../../shared/use-cases/requests/find-orphans.ts';
import { duration } from '../../shared/views/duration.ts';
import { type OrphanList, orphanList } from '../../shared/views/runs/orphan-view.ts';
import { timeOf } from '../../shared/views/shapes.ts';
import { openProject } from '../open/open-project.ts';
import { openSession } from '../open/session.ts';
import { table } from '../render/table.ts';
import { openStage } from '../stage/stage.ts';
import { addActingOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type Cli, type JsonOption, type Register } from '../terminal/cli.ts';
import { exitCodes } from '../terminal/command-error.ts';

export const orphans: Register = (program, cli) => {
  const summary = 'list job runs that are still running although their run is over';
  addActingOptions(addCommand(program, 'orphans', summary, 'orphans --stop'))
    .option('--stop', 'stop them')
    .action(async (options: JsonOption & StageOptions & { stop?: true }) => {
      const stage = await openStage(cli, options);
      if (stage !== undefined) {
        const { view, text } = options.stop
          ? await stage.post('/orphans/stop', orphanList)
          : await stage.get('/orphans', orphanList);
        return cli.terminal.out(told(cli, view, { text, json: options.json, now: Date.now() }));
      }
      const session = await openSession(await openProject(cli));
      try {
        const { system } = session;
        const found = await findOrphans(system);
        if (options.stop) await stopOrphans(system, found);
        const view = { orphans: found.map(orphanView), stopped: options.stop === true };
        cli.terminal.out(told(cli, view, { text: JSON.stringify(view), json: options.json, now: system.clock() }));
      } finally {
        await session.close();
      }
    });
};

function told(
  cli: Cli,
  { orphans: found, stopped }: OrphanList,
  { text, json, now }: { readonly text: string; readonly json: true | undefined; readonly now: number },
): string {
  if (found.length > 0 && !stopped) cli.exitCode = exitCodes.failed;
  if (json) return text;
  if (found.length === 0) return 'no orphans: no job run outlives its run';
  const rows = found.map(({ run, task, attempt, id, startedAt }) => [
    run,
    task,
    String(attempt),
    startedAt === undefined ? '' : duration(now - timeOf(startedAt)),
    id,
  ]);
  const titles = ['RUN', 'TASK', 'ATTEMPT', 'TIME', 'JOB RUN'].map((title) => ({ title }));
  const then = stopped
    ? 'stop requested; run this again to see whether they stopped'
    : 'stop them: npx gluewright orphans --stop';
  return [...table(titles, rows), then].join('\n');
}
