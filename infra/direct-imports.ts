import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PluginBuild } from 'esbuild';

/**
 * Lets the SDK's files import from the file that defines a name, and not from an index that re-exports it. esbuild
 * puts a file into what loads at the start if imports lead to it, and follows every import of an index. So each
 * function would load at its start whatever any of its clients needs, such as XML for S3: 40 KB.
 */
export function importDirectly(build: PluginBuild): void {
  const indices = new Map<string, Promise<Index>>();
  const indexOf = (name: string, resolveDir: string): Promise<Index> => {
    const index = indices.get(name) ?? findIndex(name, resolveDir);
    indices.set(name, index);
    return index;
  };
  const findIndex = async (name: string, resolveDir: string): Promise<Index> => {
    const { namespace, path: file } = await build.resolve(name, { kind: 'import-statement', resolveDir });
    // other plugins replace some modules
    if (namespace !== 'file') return new Map();
    const here = path.dirname(file);
    const exported = await Promise.all(
      readLines(await readFile(file, 'utf8'), exporting).map(async ({ names, from }) => {
        const further: Index = from.startsWith('.') ? new Map() : await indexOf(from, here);
        const place = from.startsWith('.') ? path.resolve(here, from) : from;
        return names.map(([name, as]) => [as, further.get(name) ?? { from: place, name }] as const);
      }),
    );
    return new Map(exported.flat());
  };
  build.onLoad({ filter: /\/node_modules\/@(aws-sdk|smithy)\/[^/]+\/dist-es\/.*\.js$/ }, async ({ path: file }) => {
    const source = await readFile(file, 'utf8');
    const wanted = new Set(readLines(source, importing).map(({ from }) => from));
    const found = await Promise.all(
      [...wanted].map(async (name) => [name, await indexOf(name, path.dirname(file))] as const),
    );
    return { contents: withDirectImports(source, new Map(found)) };
  });
}

/** By exported name, the module that defines it, and its name there. */
type Index = ReadonlyMap<string, { readonly from: string; readonly name: string }>;

const importing = /^import \{([^}]*)\} from "(@(?:aws-sdk|smithy)\/core(?:\/[a-z-/]+)?)";$/gm;
const exporting = /^export \{([^}]*)\} from "(\.[^"]+|@(?:aws-sdk|smithy)\/core(?:\/[a-z-/]+)?)";$/gm;

/** Names that an index defines itself remain imported from it. */
export function withDirectImports(source: string, indices: ReadonlyMap<string, Index>): string {
  return source.replaceAll(importing, (_, list: string, index: string) =>
    namesIn(list)
      .map(([name, as]) => {
        const { from, name: there } = indices.get(index)?.get(name) ?? { from: index, name };
        return `import { ${there} as ${as} } from ${JSON.stringify(from)};`;
      })
      .join(' '),
  );
}

function readLines(source: string, line: RegExp) {
  return [...source.matchAll(line)].map(([, list = '', from = '']) => ({ names: namesIn(list), from }));
}

/** `A, B as C`: each name there, and the one here. */
function namesIn(list: string): [name: string, as: string][] {
  return list.split(',').flatMap((each) => {
    const [name = '', as = name] = each.trim().split(' as ');
    return name === '' ? [] : [[name, as]];
  });
}
