import { listQueues } from '../../shared/views/queues/list-queues.ts';
import {
  type JobQueue,
  type PipelineQueue,
  type PoolQueue,
  type QueueList,
  queueList,
} from '../../shared/views/queues/queue-view.ts';
import { openLedger } from '../open/open-ledger.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { table } from '../render/table.ts';
import { timestamp } from '../render/timestamp.ts';
import { openStage } from '../stage/stage.ts';
import { addStageOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type Cli, type JsonOption, printJson, type Register } from '../terminal/cli.ts';

export const queues: Register = (program, cli) => {
  const summary = 'show which runs and tasks wait, for what, and who is next';
  addStageOptions(addCommand(program, 'queues', summary, 'queues orders-daily'))
    .argument('[pipeline]', 'only its queue, its jobs, and the pools that its tasks name')
    .action(async (name: string | undefined, options: JsonOption & StageOptions) => {
      const stage = await openStage(cli, options);
      if (stage !== undefined) {
        const query = name === undefined ? '' : `?${new URLSearchParams({ pipeline: name })}`;
        const { view, text } = await stage.get(`/queues${query}`, queueList);
        return cli.terminal.out(options.json ? text : queuesText(view));
      }
      const view = await queuesHere(cli, name);
      if (options.json) return printJson(cli, view);
      cli.terminal.out(queuesText(view));
    });
};

async function queuesHere(cli: Cli, name: string | undefined): Promise<QueueList> {
  const project = await openProject(cli);
  const pipelines = name === undefined ? project.pipelines : [findPipeline(project, name)];
  const open = openLedger(project.home);
  try {
    return await listQueues(
      open?.ledger,
      pipelines.map(({ pipeline }) => pipeline),
      project.pools,
    );
  } finally {
    open?.close();
  }
}

function queuesText({ pipelines, jobs, pools }: QueueList): string {
  const waitedFor = jobs.filter(({ waiting }) => waiting.length > 0);
  return [...pipelines.map(runsText), ...waitedFor.map(jobText), ...pools.map(poolText)].join('\n');
}

function runsText({ pipeline, max, paused, live, queued, more }: PipelineQueue): string {
  const title = `${pipeline}: ${live.length} of ${max} runs live, ${queued.length}${more ? '+' : ''} queued`;
  const rows = [
    ...live.map((run) => ['live', run, '', '']),
    ...queued.map(({ run, priority, held }, at) => [`${at + 1}.`, run, String(priority), held ? 'held' : '']),
  ];
  return block(`${title}${paused ? ', paused' : ''}`, ['', 'RUN', 'PRIORITY', ''], rows);
}

function jobText({ kind, work, waiting, more }: JobQueue): string {
  const rows = waiting.map(({ run, task, since }, at) => [`${at + 1}.`, run, task, timestamp(since)]);
  const title = `${kind} ${work}: ${waiting.length}${more ? '+' : ''} waiting for capacity`;
  return block(title, ['', 'RUN', 'TASK', 'SINCE'], rows);
}

function poolText({ pool, places, held, holders, waiting, more }: PoolQueue): string {
  const rows = [
    ...holders.map((each) => ['holds', each.run, each.task, String(each.places), '', '', '']),
    ...waiting.map(({ run, task, places: wanted, priority, catchUp, since }, at) => {
      const live = catchUp ? 'catches up' : 'live';
      return [`${at + 1}.`, run, task, String(wanted), String(priority), live, timestamp(since)];
    }),
  ];
  const title = `pool ${pool}: ${held} of ${places} places held, ${waiting.length}${more ? '+' : ''} waiting`;
  return block(title, ['', 'RUN', 'TASK', 'PLACES', 'PRIORITY', '', 'SINCE'], rows);
}

function block(title: string, columns: readonly string[], rows: readonly string[][]): string {
  if (rows.length === 0) return title;
  return [
    title,
    ...table(
      columns.map((each) => ({ title: each })),
      rows,
    ),
  ].join('\n');
}
