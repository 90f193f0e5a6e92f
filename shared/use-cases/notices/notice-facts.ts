import { present } from '../../json.ts';
import type { RunFacts } from '../../notices/message.ts';
import type { Notice } from '../../notices/notice.ts';
import { failureOf } from '../../services/service-error.ts';
import { executionArnOf } from '../../services/sfn.ts';
import type { System } from '../../services/system.ts';
import { executionPage } from '../../tasks/kind/console.ts';
import { showsOf } from '../../tasks/kinds.ts';
import { readPipelineItem } from '../../views/pipelines/read-pipelines.ts';
import { printable } from '../../views/printable.ts';
import { readRun } from '../../views/run/read-run.ts';
import type { RunView, TaskView } from '../../views/run/run-view.ts';
import { whyRun, whyTask } from '../../views/why/why.ts';
import { readLogOf } from '../requests/read-log.ts';

const shownLines = 5;
const shownTasks = 5;
const lineLength = 300;

/** What a notification says of a run besides the notice. */
export async function factsOfRun(system: System, { run: id, task: name, pipeline }: Notice): Promise<RunFacts> {
  const { ledger, catalog } = system;
  const now = system.clock();
  const pipelines = catalog.pipelines.map((entry) => entry.pipeline);
  const run = await readRun(ledger, id, pipelines);
  if (run === undefined) return { sentence: `${id} is no longer in the ledger.`, tasks: [], log: [] };
  const failed = run.tasks.filter(({ state, tolerated }) => bad.has(state) && !tolerated);
  const waiting = run.tasks.find((task) => task.name === name);
  const tasks = waiting === undefined ? failed : [waiting];
  const [first] = failed;
  return {
    sentence: whyRun(run, now).sentence,
    tasks: tasks.slice(0, shownTasks).map((task) => whyTask(run, task, now).sentence),
    log: first === undefined ? [] : await lastLines(system, run, first),
    ...present({
      interval: run.interval,
      link: linkTo(system, pipeline, run.id),
      nextTime: await nextTimeOf(system, pipeline),
    }),
  };
}

const bad: ReadonlySet<string> = new Set(['failed', 'timed_out']);

/** Notifications do without the log where it cannot be read. */
async function lastLines(system: System, { id: run }: RunView, { name, attempts }: TaskView): Promise<string[]> {
  const last = attempts.at(-1);
  if (system.readLog === undefined || last?.id === undefined || showsOf(last.kind)?.logs !== true) return [];
  try {
    const wanted = { from: 'end', limit: shownLines } as const;
    const log = await readLogOf(system.readLog, { run, task: name }, { ...last, id: last.id }, wanted);
    return (log?.lines ?? []).map(({ text }) => printable(text).slice(0, lineLength)).slice(-shownLines);
  } catch (error) {
    system.log({ message: 'log not read', run, task: name, error: failureOf(error).name });
    return [];
  }
}

/** Locally there is no console. */
function linkTo({ region, catalog }: System, pipeline: string, run: string): string | undefined {
  const machine = catalog.byName(pipeline)?.stateMachineArn;
  return region === undefined || machine === undefined
    ? undefined
    : executionPage(region, executionArnOf(machine, run));
}

async function nextTimeOf({ ledger, catalog, clock }: System, pipeline: string): Promise<string | undefined> {
  const known = catalog.byName(pipeline)?.pipeline;
  if (known === undefined) return undefined;
  const { triggers } = await readPipelineItem(ledger, known, clock());
  return triggers.flatMap(({ next, paused }) => (next === undefined || paused ? [] : [next])).sort()[0];
}
