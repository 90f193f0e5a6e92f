import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Terminal } from '../terminal/terminal.ts';

const file = z.record(z.string(), z.object({ address: z.string(), target: z.string() }));
type Entries = z.output<typeof file>;
export type KnownStack = Entries[string];

/** The addresses of stacks' APIs, so that a command need not ask CloudFormation each time. */
export type StackCache = {
  get(key: string): KnownStack | undefined;
  set(key: string, known: KnownStack): void;
  forget(key: string): void;
};

/** In the user's cache folder. Without one, nothing is kept. */
export function openStackCache({ env }: Pick<Terminal, 'env'>): StackCache {
  const folder = folderOf(env);
  const read = (): Entries => {
    try {
      return folder === undefined ? {} : file.parse(JSON.parse(readFileSync(join(folder, 'stacks.json'), 'utf8')));
    } catch {
      return {};
    }
  };
  const write = (entries: Entries): void => {
    if (folder === undefined) return;
    try {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, 'stacks.json');
      writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(entries)}\n`, { mode: 0o600 });
      renameSync(`${path}.${process.pid}`, path);
    } catch {
      // the next command asks again
    }
  };
  return {
    get: (key) => (Object.hasOwn(read(), key) ? read()[key] : undefined),
    set: (key, known) => write({ ...read(), [key]: known }),
    forget(key) {
      const { [key]: _, ...rest } = read();
      write(rest);
    },
  };
}

function folderOf({ XDG_CACHE_HOME, HOME }: Terminal['env']): string | undefined {
  if (XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME !== '') return join(XDG_CACHE_HOME, 'gluewright');
  return HOME === undefined || HOME === '' ? undefined : join(HOME, '.cache', 'gluewright');
}
