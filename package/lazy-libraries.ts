import type { Plugin } from 'esbuild';

/** Libraries that export one function, which few commands call. */
const libraries = ['string-width'];

/** Loads a library when its function is called first. */
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
