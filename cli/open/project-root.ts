import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

export type ProjectRoot = {
  /** The nearest folder, upwards from the current one, that contains `statemachines/`. */
  readonly root: string;
  /** Where runs, logs and buckets are: `GLUEWRIGHT_HOME`, or `.gluewright` in the root. */
  readonly home: string;
};

/** @throws {CommandError} outside of any project */
export function findProjectRoot({ cwd, env }: Pick<Terminal, 'cwd' | 'env'>): ProjectRoot {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (statSync(join(folder, 'statemachines'), { throwIfNoEntry: false })?.isDirectory() === true) {
      const home = env.GLUEWRIGHT_HOME;
      return {
        root: folder,
        home: home === undefined || home === '' ? join(folder, '.gluewright') : resolve(cwd, home),
      };
    }
    if (folder === dirname(folder)) break;
  }
  throw new CommandError(exitCodes.notFound, `no folder statemachines/ in ${cwd} or a folder above it`);
}
