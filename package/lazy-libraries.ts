import type { Plugin } from 'esbuild';

/** Libraries that export a single function, and that few commands need. */
const libraries = ['string-width'];

/** Loads each library on the first call of its function. */
export const lazyLibraries: Plugin = {
  name: 'lazy-libraries',
  setup(build) {
    const filter = new RegExp(`^(${libraries.join('|')})$`);
    build.onResolve({ filter }, ({ path, kind, resolveDir }) =>
      kind === 'import-statement' ? { path, namespace: 'lazy', pluginData: resolveDir } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path, pluginData }) => ({
      contents: `export default (...args) => require('${path}').default(...args);`,
      resolveDir: String(pluginData),
    }));
  },
};
