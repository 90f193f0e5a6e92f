import { listWaiting } from '../../shared/views/list-waiting.ts';
import { openLedger } from '../open/open-ledger.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { table } from '../render/table.ts';
import { timestamp } from '../render/timestamp.ts';
import { addCommand, assertHere, type JsonOption, printJson, type Register } from '../terminal/cli.ts';

export const waiting: Register = (program, cli) => {
  addCommand(program, 'waiting', 'what each pipeline waits for that is started by datasets', 'waiting report')
    .argument('[pipeline]', 'only its triggers')
    .action(async (name: string | undefined, options: JsonOption) => {
      assertHere(cli, 'waiting');
      const { terminal } = cli;
      const project = await openProject(cli);
      const pipelines = name === undefined ? project.pipelines : [findPipeline(project, name)];
      const open = openLedger(project.home);
      const { waiting: found } = await listWaiting(
        open?.ledger,
        pipelines.map(({ pipeline }) => pipeline),
      );
      open?.close();
      if (options.json) return printJson(cli, { waiting: found });
      if (found.length === 0) {
        return terminal.out(
          name === undefined ? 'no pipeline is started by datasets' : `${name} is not started by datasets`,
        );
      }
      const rows = found.map(({ pipeline, trigger, interval, has, missing, optional, deadlineAt }) => [
        `${pipeline}.${trigger}`,
        interval === undefined ? '' : `${interval.start} – ${interval.end}`,
        has.join(', '),
        [...missing, ...optional.map((dataset) => `${dataset} (optional)`)].join(', '),
        deadlineAt === undefined ? '' : timestamp(deadlineAt),
      ]);
      const titles = ['TRIGGER', 'INTERVAL', 'THERE', 'WAITS FOR', 'BY'].map((title) => ({ title }));
      terminal.out(table(titles, rows).join('\n'));
    });
};
