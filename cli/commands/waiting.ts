import { listWaiting } from '../../shared/views/triggers/list-waiting.ts';
import { type WaitingList, waitingList } from '../../shared/views/triggers/trigger-lists.ts';
import { openLedger } from '../open/open-ledger.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { table } from '../render/table.ts';
import { timestamp } from '../render/timestamp.ts';
import { openStage } from '../stage/stage.ts';
import { addStageOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';

export const waiting: Register = (program, cli) => {
  const summary = 'show what each dataset trigger waits for';
  addStageOptions(addCommand(program, 'waiting', summary, 'waiting report'))
    .argument('[pipeline]', 'only its triggers')
    .action(async (name: string | undefined, options: JsonOption & StageOptions) => {
      const { terminal } = cli;
      const stage = await openStage(cli, options);
      if (stage !== undefined) {
        const query = name === undefined ? '' : `?${new URLSearchParams({ pipeline: name })}`;
        const { view, text } = await stage.get(`/waiting${query}`, waitingList);
        return terminal.out(options.json ? text : waitingText(view, name));
      }
      const project = await openProject(cli);
      const pipelines = name === undefined ? project.pipelines : [findPipeline(project, name)];
      const open = openLedger(project.home);
      const { waiting: found } = await listWaiting(
        open?.ledger,
        pipelines.map(({ pipeline }) => pipeline),
      );
      open?.close();
      if (options.json) return printJson(cli, { waiting: found });
      terminal.out(waitingText({ waiting: found }, name));
    });
};

function waitingText({ waiting: found }: WaitingList, name: string | undefined): string {
  if (found.length === 0) {
    return name === undefined ? 'no pipeline has a datasets trigger' : `${name} has no datasets trigger`;
  }
  const rows = found.map(({ pipeline, trigger, interval, has, missing, optional, deadlineAt }) => [
    `${pipeline}.${trigger}`,
    interval === undefined ? '' : `${interval.start} – ${interval.end}`,
    has.join(', '),
    [...missing, ...optional.map((dataset) => `${dataset} (optional)`)].join(', '),
    deadlineAt === undefined ? '' : timestamp(deadlineAt),
  ]);
  const titles = ['TRIGGER', 'INTERVAL', 'THERE', 'WAITS FOR', 'BY'].map((title) => ({ title }));
  return table(titles, rows).join('\n');
}
