import path from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Puts all that a function loads at its start into one file. esbuild makes a file of the modules that the same
 * entries share, and a file takes half a millisecond to find and load. Code that loads later counts as an entry. So it
 * imports the function, too, which is there already, and then all entries share all of the start.
 */
export function oneStart(entry: string): Plugin {
  return {
    name: 'one-start',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path: file, kind, resolveDir }) =>
        kind === 'dynamic-import' ? { path: path.resolve(resolveDir, file), namespace: 'later' } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'later' }, ({ path: file }) => ({
        contents: `import ${JSON.stringify(entry)}; export * from ${JSON.stringify(file)};`,
        resolveDir: path.dirname(file),
      }));
    },
  };
}
