import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes a file away, so that who needs it really fails. A demo that is killed before it gives the file back does no harm:
 * the next one makes it anew.
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
