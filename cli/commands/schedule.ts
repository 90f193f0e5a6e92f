import { present } from '../../shared/json.ts';
import { triggersOf } from '../../shared/model/trigger.ts';
import { listDue } from '../../shared/views/triggers/list-due.ts';
import { type DueView, scheduleList } from '../../shared/views/triggers/trigger-lists.ts';
import { openLedger } from '../open/open-ledger.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { table } from '../render/table.ts';
import { openStage } from '../stage/stage.ts';
import { addStageOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

export const schedule: Register = (program, cli) => {
  const summary = 'show which runs are due when, and for which interval';
  addStageOptions(addCommand(program, 'schedule', summary, 'schedule orders-daily --next 10'))
    .argument('[pipeline]', 'only its schedules')
    .option('--next <number>', 'how many times of each schedule', '10')
    .action(async (name: string | undefined, options: JsonOption & StageOptions & { next: string }) => {
      const { terminal } = cli;
      const count = Number(options.next);
      if (!Number.isSafeInteger(count) || count < 1 || count > 100) {
        throw new CommandError(exitCodes.usage, '--next takes a whole number from 1 to 100');
      }
      const stage = await openStage(cli, options);
      if (stage !== undefined) {
        const query = new URLSearchParams({ next: String(count), ...present({ pipeline: name }) });
        const { view, text } = await stage.get(`/schedules?${query}`, scheduleList);
        if (options.json) return terminal.out(text);
        return terminal.out(view.due.length === 0 ? 'no schedule is due' : dueTable(terminal, view.due));
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
        if (any) return terminal.out('no schedule will be due again');
        return terminal.out(name === undefined ? 'no pipeline has a schedule' : `${name} has no schedule`);
      }
      terminal.out(dueTable(terminal, due));
    });
};

function dueTable(terminal: Terminal, due: readonly DueView[]): string {
  const rows = due.map(({ local, pipeline, trigger, interval, paused }) => [
    local,
    pipeline,
    trigger,
    interval === undefined ? '' : `${interval.start} – ${interval.end}`,
    paused ? terminal.style('yellow', 'paused') : '',
  ]);
  const titles = ['TIME', 'PIPELINE', 'TRIGGER', 'INTERVAL', ''].map((title) => ({ title }));
  return table(titles, rows).join('\n');
}
