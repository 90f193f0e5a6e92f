import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { lazyLibraries } from './lazy-libraries.ts';
import { plainBuiltinModules } from './plain-builtin-modules.ts';

/** DuckDB is the user's to install. Bundling functions is done here, so that the package needs no bundler. */
const external = ['@duckdb/node-api', './bundle.ts'];

/**
 * Bundles the command line, its workers and the modules that users import, with the libraries and the parts of the AWS
 * SDK that they use. Loading a few files takes a fraction of the time of loading hundreds.
 *
 * Chunks are two folders deep in `out`, as the sources in `cli/` are in the repository: both find `templates/` and
 * `web/dist/` relative to themselves, and workers beside themselves.
 */
export async function bundleModules(root: string, out: string): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      'cli/bundle/main': 'cli/main.ts',
      'cli/bundle/confined-worker': 'local/engine/jsonata/confined-worker.ts',
      'cli/bundle/launch-helper': 'local/glue/processes/launch-helper.ts',
      'cli/bundle/module-worker': 'project/module-worker.ts',
      'infra/gluewright-plugin': 'infra/gluewright-plugin.mjs',
      'shared/pipeline/builder/builder': 'shared/pipeline/builder/builder.ts',
      'testing/testing': 'testing/testing.ts',
    },
    outdir: out,
    chunkNames: 'cli/bundle/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // otherwise esbuild takes the SDK's CommonJS, which is twice as large
    mainFields: ['module', 'main'],
    external,
    plugins: [plainBuiltinModules, lazyLibraries],
    // for libraries in CommonJS
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
    // not minified: an unexpected error prints the line that threw it
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const unknown = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter((each) => each.external === true && !isBuiltin(each.path) && !external.includes(each.path));
  if (unknown.length > 0) throw new Error(`not in the package: ${unknown.map((each) => each.path).join(', ')}`);
  writeFileSync(path.join(out, 'LICENSES.txt'), licencesOf(root, metafile));
}

/** The licence of every package that is in the bundle. Many packages share a text, which is printed once. */
function licencesOf(root: string, { inputs }: Metafile): string {
  const folders = new Set(
    Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const packages = [...folders].sort().map((folder) => {
    const absolute = path.join(root, folder);
    const manifest: { name?: unknown; version?: unknown; license?: unknown } = JSON.parse(
      readFileSync(path.join(absolute, 'package.json'), 'utf8'),
    );
    const file = readdirSync(absolute).find((name) => /^licen[cs]e/i.test(name));
    const text = file === undefined ? '' : readFileSync(path.join(absolute, file), 'utf8').trim();
    return { title: `${manifest.name} ${manifest.version}: ${manifest.license}`, text };
  });
  const byText = Map.groupBy(packages, ({ text }) => text);
  return [...byText]
    .map(([text, sharing]) => `${sharing.map(({ title }) => title).join('\n')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(100)}\n`);
}
