import { spawn } from 'node:child_process';
import { present } from '../../shared/json.ts';
import type { LocalWork as Local } from '../../shared/model/pipeline.ts';
import type { Catalog } from '../../shared/services/catalog.ts';
import { kindOf } from '../../shared/tasks/kinds.ts';
import type { Clock } from '../clock/clock.ts';
import { byHandler } from './handler-process.ts';
import { simulated } from './simulated-worker.ts';
import type { Doing, Worker } from './worker.ts';

export type LocalWorkerOptions = {
  readonly clock: Clock;
  readonly catalog: Catalog;
  /** Where commands run. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Characters of what a command says at its end that tell why it failed. */
const kept = 1_000;

/** Does work as the tasks say by `local:`. The first task that names a thing says it for all. */
export function createLocalWorker({ clock, catalog, root, env }: LocalWorkerOptions): Worker {
  return {
    plan(kind, name) {
      const tasks = catalog.pipelines.flatMap(({ pipeline }) => pipeline.tasks);
      const isMeant = ({ work }: (typeof tasks)[number]) =>
        work.kind === kind && kindOf(work.kind).runs.name(work) === name;
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

/** Runs again from its beginning after a restart of the runtime. */
function byCommand(
  [command = '', ...args]: readonly string[],
  { output }: Local,
  { root, env }: Pick<LocalWorkerOptions, 'root' | 'env'>,
): Doing {
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
