import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes a file away, so that jobs that need it fail. If the demo is killed before it gives the file back, the next
 * demo makes it again.
 *
 * @param aside a folder on the same file system
 * @returns a function that releases the lock
 */
export function takeAway(folder: string, file: string, aside: string): () => void {
  const [here, there] = [join(folder, file), join(aside, `${file}.away`)];
  renameSync(here, there);
  return () => {
    if (existsSync(there)) renameSync(there, here);
  };
}
