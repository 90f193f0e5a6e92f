import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The Python and PySpark of each Glue version on AWS (https://docs.aws.amazon.com/glue/latest/dg/release-notes.html). */
export const gluePythons = {
  '5.1': { python: '3.11', pyspark: '3.5.6' },
  '6.0': { python: '3.13', pyspark: '4.1.1' },
} as const;
export type GluePythonVersion = keyof typeof gluePythons;

/** The last file to be written. If it is missing, pip was interrupted. */
export const readyMark = 'gluewright-ready';

/** The virtual environment of a Glue version. It is in the user's cache, because it takes 800 MB. */
export function gluePythonFolder(version: string, env: Readonly<Record<string, string | undefined>>): string {
  const cache = env.XDG_CACHE_HOME || path.join(env.HOME ?? homedir(), '.cache');
  return path.join(env.GLUEWRIGHT_PYTHONS || path.join(cache, 'gluewright', 'python'), `glue-${version}`);
}

/** The Python for jobs of a Glue version. Undefined until `gluewright glue-python` has installed it. */
export function findGluePython(
  glueVersion: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const folder = gluePythonFolder(nearestVersion(glueVersion), env);
  return existsSync(path.join(folder, readyMark)) ? path.join(folder, 'bin', 'python') : undefined;
}

/** Versions before 5.1 use its environment, the closest one available. */
function nearestVersion(glueVersion = '5.1'): GluePythonVersion {
  return Number(glueVersion) >= 6 ? '6.0' : '5.1';
}
