import { type JsonObject, present } from '../../shared/json.ts';
import type { LocalWork as Local } from '../../shared/model/pipeline.ts';
import type { Catalog } from '../../shared/services/catalog.ts';
import { kindOf, type Work } from '../../shared/tasks/kinds.ts';
import type { Clock } from '../clock/clock.ts';
import type { Counterpart } from './counterpart.ts';
import { byHandler } from './handler-process.ts';
import { type ProgramPlaces, runProgram } from './run-program.ts';
import { simulated } from './simulated-worker.ts';
import type { Worker, WorkRunner } from './worker.ts';

export type LocalWorkerOptions = ProgramPlaces & {
  readonly clock: Clock;
  readonly catalog: Catalog;
  /** By kind. */
  readonly counterparts: Readonly<Record<string, Pick<Counterpart, 'isStartedBy' | 'environment'>>>;
};

/** Does work as the tasks' `local:` settings say. The first task that names a thing decides for all. */
export function createLocalWorker({ clock, catalog, counterparts, root, env }: LocalWorkerOptions): Worker {
  const isStartedBy = (work: Work, input: JsonObject | undefined): boolean =>
    input === undefined || counterparts[work.kind]?.isStartedBy?.(work, input) !== false;

  return {
    plan(kind, name, input) {
      const tasks = catalog.pipelines.flatMap(({ pipeline }) => pipeline.tasks);
      const isMeant = ({ work }: (typeof tasks)[number]) =>
        work.kind === kind && kindOf(work.kind).runs.name(work) === name && isStartedBy(work, input);
      const local = tasks.find((task) => task.local !== undefined && isMeant(task))?.local;
      if (local?.command !== undefined) {
        return byCommand(local.command, local, { root, env }, (given) => counterparts[kind]?.environment?.(given));
      }
      if (local?.handler !== undefined) return byHandler(local.handler, { root, env });
      const { simulateSeconds: seconds, output } = local ?? {};
      return seconds === undefined
        ? undefined
        : simulated(clock, () => ({ state: 'succeeded', seconds, ...present({ output }) }));
    },
  };
}

/** Starts over after a restart of the runtime. */
function byCommand(
  command: readonly string[],
  { output }: Local,
  places: ProgramPlaces,
  environment: (input: JsonObject) => Readonly<Record<string, string>> | undefined,
): WorkRunner {
  return (work, report) => {
    const env = {
      ...environment(work.input),
      GLUEWRIGHT_WORK: work.id,
      GLUEWRIGHT_NAME: work.name,
      GLUEWRIGHT_INPUT: JSON.stringify(work.input),
    };
    return runProgram(command, { env }, places, (end) => {
      if ('notStarted' in end) {
        report({ state: 'failed', message: `${command[0]} could not be started: ${end.notStarted}` });
      } else if (end.code === 0) report({ state: 'succeeded', ...present({ output }) });
      else report({ state: 'failed', message: `${command[0]} ended with ${end.code}: ${end.said}` });
    });
  };
}
