/** Files below a path that belong to one table. Keys are those of the bucket. */
export type FoundTable = {
  /** The table's folder, ending in `/`, or the only file of the table. Empty for the whole bucket. */
  readonly location: string;
  readonly keys: readonly string[];
  /** Named after the folders between the table and its files. */
  readonly partitionKeys: readonly string[];
  readonly partitions: readonly FoundPartition[];
};

export type FoundPartition = { readonly values: readonly string[]; readonly location: string };

/** Whether two folders contain the same kind of rows. */
export type IsAlike = (keysOfOne: readonly string[], keysOfOther: readonly string[]) => Promise<boolean>;

/**
 * Groups files into tables as a Glue crawler does. A folder that contains files, or folders such as `year=2026`, is one
 * table. Sibling folders with the same kind of rows are partitions of one table. Otherwise each folder is its own
 * table.
 *
 * @param keys keys of the data files, all below `prefix`
 * @param prefix the crawler's path in the bucket: empty, a folder ending in `/`, or one file
 */
export async function findTables(keys: readonly string[], prefix: string, isAlike: IsAlike): Promise<FoundTable[]> {
  if (keys.length === 0) return [];
  if (keys.length === 1 && keys[0] === prefix) {
    return [{ location: prefix, keys, partitionKeys: [], partitions: [] }];
  }
  const own = keys.filter((key) => !key.slice(prefix.length).includes('/'));
  const below = foldersBelow(keys, prefix);
  const hive = below.every(([folder]) => /^[^=/]+=[^/]*$/.test(folder));
  if (own.length > 0 || (hive && below.length > 0) || (await areAlike(below, isAlike))) return [tableAt(keys, prefix)];
  const tables = await Promise.all(below.map(([folder, inner]) => findTables(inner, `${prefix}${folder}/`, isAlike)));
  return tables.flat();
}

type Folder = readonly [name: string, keys: readonly string[]];

function foldersBelow(keys: readonly string[], prefix: string): readonly Folder[] {
  const folders = new Map<string, string[]>();
  for (const key of keys) {
    const rest = key.slice(prefix.length);
    const end = rest.indexOf('/');
    if (end === -1) continue;
    const folder = rest.slice(0, end);
    const inner = folders.get(folder) ?? [];
    inner.push(key);
    folders.set(folder, inner);
  }
  return [...folders];
}

async function areAlike(folders: readonly Folder[], isAlike: IsAlike): Promise<boolean> {
  const [first, ...others] = folders;
  if (first === undefined || others.length === 0) return false;
  for (const [, keys] of others) if (!(await isAlike(first[1], keys))) return false;
  return true;
}

function tableAt(keys: readonly string[], location: string): FoundTable {
  const paths = new Map<string, readonly string[]>();
  for (const key of keys) {
    const folders = key.slice(location.length).split('/').slice(0, -1);
    if (folders.length > 0) paths.set(`${location}${folders.join('/')}/`, folders);
  }
  const depth = Math.max(0, ...[...paths.values()].map((folders) => folders.length));
  const named = [...paths.values()].find((folders) => folders.length === depth) ?? [];
  return {
    location,
    keys,
    partitionKeys: named.map((folder, at) => nameIn(folder) ?? `partition_${at}`),
    // A file in a shallower folder belongs to no partition. Glue does not list it either.
    partitions: [...paths].flatMap(([place, folders]) =>
      folders.length === depth ? [{ values: folders.map(valueIn), location: place }] : [],
    ),
  };
}

function nameIn(folder: string): string | undefined {
  const end = folder.indexOf('=');
  return end === -1 ? undefined : folder.slice(0, end).toLowerCase();
}

function valueIn(folder: string): string {
  return unescaped(folder.slice(folder.indexOf('=') + 1));
}

/** The value in a folder's name. Hive escapes characters such as `:`. */
export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
