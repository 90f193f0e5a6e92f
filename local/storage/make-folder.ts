import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes the folder, and what is missing above it, one after the other: `recursive` goes round for ever where the parent
 * is there and the system makes no folder (/proc).
 *
 * @param mode of the last one
 * @throws the system's error
 */
export function makeFolder(folder: string, mode?: number): void {
  if (isFolder(folder)) return;
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, mode);
  } catch (error) {
    // Another process may have been faster.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
