import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Creates the folder and its missing parents one by one. `recursive` loops for ever if the parent exists but the system
 * refuses to create folders (/proc).
 *
 * @param mode of the innermost folder
 * @throws the system's error
 */
export function makeFolder(folder: string, mode?: number): void {
  if (isFolder(folder)) return;
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, mode);
  } catch (error) {
    // Another process may have created it first.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
