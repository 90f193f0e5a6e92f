import { spawn } from 'node:child_process';
import { type JsonObject, present } from '../../shared/json.ts';
import type { LocalWork as Local } from '../../shared/model/pipeline.ts';
import type { Catalog } from '../../shared/services/catalog.ts';
import { kindOf, type Work } from '../../shared/tasks/kinds.ts';
import type { Clock } from '../clock/clock.ts';
import type { Counterpart } from './counterpart.ts';
import { byHandler } from './handler-process.ts';
import { simulated } from './simulated-worker.ts';
import type { Worker, WorkRunner } from './worker.ts';

export type LocalWorkerOptions = {
  readonly clock: Clock;
  readonly catalog: Catalog;
  /** By kind. */
  readonly counterparts: Readonly<Record<string, Pick<Counterpart, 'isStartedBy'>>>;
  /** Working directory of commands. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Characters kept of a command's output, to explain a failure. */
const kept = 1_000;

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
      if (local?.command !== undefined) return byCommand(local.command, local, { root, env });
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
  [command = '', ...args]: readonly string[],
  { output }: Local,
  { root, env }: Pick<LocalWorkerOptions, 'root' | 'env'>,
): WorkRunner {
  return (work, report) => {
    const given = {
      GLUEWRIGHT_WORK: work.id,
      GLUEWRIGHT_NAME: work.name,
      GLUEWRIGHT_INPUT: JSON.stringify(work.input),
    };
    const child = spawn(command, args, { cwd: root, env: { ...env, ...given }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (text: unknown): void => {
      said = `${said}${String(text)}`.slice(-kept);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (error) =>
      report({ state: 'failed', message: `${command} could not be started: ${error.message}` }),
    );
    child.once('close', (code, signal) => {
      if (code === 0) report({ state: 'succeeded', ...present({ output }) });
      else report({ state: 'failed', message: `${command} ended with ${signal ?? code}: ${said.trim()}` });
    });
    return () => {
      child.removeAllListeners('close');
      child.kill();
    };
  };
}
