import { triggersOf } from '../../shared/model/trigger.ts';
import { listDue } from '../../shared/views/list-due.ts';
import { openLedger } from '../open/open-ledger.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { table } from '../render/table.ts';
import { addCommand, assertHere, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

export const schedule: Register = (program, cli) => {
  addCommand(program, 'schedule', 'what will run when, and for which interval', 'schedule orders-daily --next 10')
    .argument('[pipeline]', 'only its schedules')
    .option('--next <number>', 'so many times of each', '10')
    .action(async (name: string | undefined, options: JsonOption & { next: string }) => {
      assertHere(cli, 'schedule');
      const { terminal } = cli;
      const count = Number(options.next);
      if (!Number.isSafeInteger(count) || count < 1 || count > 1000) {
        throw new CommandError(exitCodes.usage, '--next takes a whole number from 1 to 1000');
      }
      const project = await openProject(cli);
      const pipelines = name === undefined ? project.pipelines : [findPipeline(project, name)];
      const open = openLedger(project.home);
      const { due } = await listDue(
        open?.ledger,
        pipelines.map(({ pipeline }) => pipeline),
        Date.now(),
        count,
      );
      open?.close();
      if (options.json) return printJson(cli, { due });
      if (due.length === 0) {
        const any = pipelines.some(({ pipeline }) => triggersOf(pipeline, 'schedule').length > 0);
        if (any) return terminal.out('no schedule is due any more');
        return terminal.out(name === undefined ? 'no pipeline has a schedule' : `${name} has no schedule`);
      }
      const rows = due.map(({ local, pipeline, trigger, interval, paused }) => [
        local,
        pipeline,
        trigger,
        interval === undefined ? '' : `${interval.start} – ${interval.end}`,
        paused ? terminal.style('yellow', 'paused') : '',
      ]);
      const titles = ['TIME', 'PIPELINE', 'TRIGGER', 'INTERVAL', ''].map((title) => ({ title }));
      terminal.out(table(titles, rows).join('\n'));
    });
};
