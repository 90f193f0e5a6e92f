import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';

/** The machine and disk that a figure was measured on. */
export type Settings = {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  readonly fileSystem: string;
  readonly durability: string;
};

/** File systems by `statfs(2)`. The first two never reach a disk. */
const fileSystems: Readonly<Record<number, string>> = {
  16914836: 'tmpfs',
  2240043254: 'ramfs',
  61267: 'ext4',
  1481003842: 'xfs',
  2435016766: 'btrfs',
  2035054128: 'overlayfs',
  801189825: 'zfs',
};

/**
 * Makes a folder in `parent` for the time of `use`, and removes it.
 *
 * @param parent default: the system's folder for temporary files
 */
export async function inBenchFolder<T>(
  parent: string | undefined,
  use: (folder: string, settings: Settings) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(parent ?? tmpdir(), 'gluewright-bench-'));
  try {
    return await use(folder, settingsOf(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function settingsOf(folder: string): Settings {
  const { type } = statfsSync(folder);
  const fileSystem = fileSystems[type] ?? `type 0x${type.toString(16)}`;
  if (fileSystem === 'tmpfs' || fileSystem === 'ramfs')
    throw new Error(`${folder} is kept in memory (${fileSystem}): say a folder on a disk with --dir DIR`);
  return {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    fileSystem,
    durability: 'SQLite WAL, synchronous=FULL',
  };
}
