import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** What AWS runs for a Glue version (https://docs.aws.amazon.com/glue/latest/dg/release-notes.html). */
export const gluePythons = {
  '5.1': { python: '3.11', pyspark: '3.5.6' },
  '6.0': { python: '3.13', pyspark: '4.1.1' },
} as const;
export type GluePythonVersion = keyof typeof gluePythons;

/** The file that is written last: without it pip was interrupted. */
export const wholeMark = 'gluewright-ready';

/** Where the virtual environment of a Glue version lies: in the user's cache, since it takes 800 MB. */
export function gluePythonFolder(version: string, env: Readonly<Record<string, string | undefined>>): string {
  const cache = env.XDG_CACHE_HOME || path.join(env.HOME ?? homedir(), '.cache');
  return path.join(env.GLUEWRIGHT_PYTHONS || path.join(cache, 'gluewright', 'python'), `glue-${version}`);
}

/** The Python that jobs of a Glue version run on. Undefined: `gluewright glue-python` has not made it. */
export function findGluePython(
  glueVersion: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const folder = gluePythonFolder(nearestVersion(glueVersion), env);
  return existsSync(path.join(folder, wholeMark)) ? path.join(folder, 'bin', 'python') : undefined;
}

/** Versions before 5.1 run on its environment, the nearest that there is. */
function nearestVersion(glueVersion = '5.1'): GluePythonVersion {
  return Number(glueVersion) >= 6 ? '6.0' : '5.1';
}
