import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of our Python packages: `python/` beside or above the sources. */
export const pythonFolder = find(import.meta.dirname);

/** The module that Python loads at the start of a Spark job. */
export const startupFolder = path.join(pythonFolder, 'startup');

function find(from: string): string {
  const folder = path.join(from, 'python');
  if (existsSync(path.join(folder, 'gluewright', '__init__.py'))) return folder;
  const above = path.dirname(from);
  if (above === from) throw new Error('the folder python/ of the package gluewright is missing');
  return find(above);
}
