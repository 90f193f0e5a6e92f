import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Replaces imports of Node's modules by `process.getBuiltinModule`. An import reads every export of a module, and one
 * export of `node:http` loads a second HTTP client, which takes 17 ms.
 */
export const plainBuiltinModules: Plugin = {
  name: 'plain-builtin-modules',
  setup(build) {
    const names = builtinModules.filter((name) => !name.startsWith('node:') && !name.startsWith('_'));
    const filter = new RegExp(`^(node:)?(${names.join('|')})$`);
    build.onResolve({ filter }, ({ path, kind }) =>
      kind === 'import-statement' ? { path: path.replace(/^node:/, ''), namespace: 'builtin' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: contentsFor(`node:${path}`) }));
  },
};

/** Marks each export as pure, so that esbuild drops unused exports. */
function contentsFor(name: string): string {
  const exported = Object.getOwnPropertyNames(process.getBuiltinModule(name)).filter((each) => each !== 'default');
  const lines = exported.map((each) => `export const ${each} = /* @__PURE__ */ (() => builtin.${each})();`);
  return [`const builtin = process.getBuiltinModule('${name}');`, 'export default builtin;', ...lines].join('\n');
}
