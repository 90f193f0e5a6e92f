import { findOrphans, orphanView, stopOrphans } from '../../shared/use-cases/find-orphans.ts';
import { duration } from '../../shared/views/duration.ts';
import { openProject } from '../open/open-project.ts';
import { openSession } from '../open/session.ts';
import { table } from '../render/table.ts';
import { addCommand, assertHere, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { exitCodes } from '../terminal/command-error.ts';

export const orphans: Register = (program, cli) => {
  addCommand(program, 'orphans', 'list job runs that go on although their run is over', 'orphans --stop')
    .option('--stop', 'stop them')
    .action(async (options: JsonOption & { stop?: true }) => {
      assertHere(cli, 'orphans');
      const session = await openSession(await openProject(cli));
      try {
        const { system } = session;
        const found = await findOrphans(system);
        if (options.stop) await stopOrphans(system, found);
        if (found.length > 0 && options.stop === undefined) cli.exitCode = exitCodes.failed;
        if (options.json) return printJson(cli, { orphans: found.map(orphanView), stopped: options.stop === true });
        if (found.length === 0) return cli.terminal.out('nothing goes on whose run is over');
        const rows = found.map(({ run, task, attempt, id, startedAt }) => [
          run,
          task,
          String(attempt),
          startedAt === undefined ? '' : duration(system.clock() - startedAt),
          id,
        ]);
        const titles = ['RUN', 'TASK', 'ATTEMPT', 'TIME', 'JOB RUN'].map((title) => ({ title }));
        cli.terminal.out(table(titles, rows).join('\n'));
        cli.terminal.out(
          options.stop ? 'asked to stop; ask again to see that they have' : 'stop them: npx gluewright orphans --stop',
        );
      } finally {
        await session.close();
      }
    });
};
