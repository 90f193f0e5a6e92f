import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { oneStart } from './one-start.ts';
import { slimOwn } from './slim-own.ts';
import { slimSdk } from './slim-sdk.ts';

/**
 * Bundles each file of `functions/` into one of `dist/`, with the SDK: imports take half as long as without
 * bundling. Code that a function loads by `import()` is in a folder of the function's name, and takes no time at the start.
 * Each function is built separately, because shared code would become many small files.
 */
export async function bundle(
  root: string,
  outdir: string = path.join(root, 'dist'),
  files: readonly string[] = functionFiles(root),
  plugins: readonly Plugin[] = [slimSdk, slimOwn],
): Promise<Metafile> {
  const built = await Promise.all(files.map((file) => bundleOne(root, outdir, file, plugins)));
  return {
    inputs: Object.assign({}, ...built.map(({ inputs }) => inputs)),
    outputs: Object.assign({}, ...built.map(({ outputs }) => outputs)),
  };
}

async function bundleOne(root: string, outdir: string, file: string, plugins: readonly Plugin[]): Promise<Metafile> {
  const name = path.basename(file, '.ts');
  // files of an earlier build have other names, and would be deployed, too
  rmSync(path.join(outdir, name), { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [file],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: `${name}/[name]-[hash]`,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // otherwise esbuild takes the SDK's CommonJS, which is twice as large
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    plugins: [oneStart(path.resolve(root, file)), ...plugins],
    logLevel: 'warning',
  });
  return metafile;
}

/** The files of one function, by their names in the metafile. `atStart`: those that loading the function loads. */
export function filesOf({ outputs }: Metafile, name: string): { readonly all: string[]; readonly atStart: string[] } {
  const all = Object.keys(outputs).filter((file) => isOf(file, name));
  const atStart = new Set(all.filter((file) => path.basename(file) === `${name}.mjs`));
  // iterating a set visits the items that are added meanwhile
  for (const file of atStart) {
    for (const { kind, path: imported } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && all.includes(imported)) atStart.add(imported);
    }
  }
  return { all, atStart: [...atStart] };
}

function isOf(file: string, name: string): boolean {
  return path.basename(file) === `${name}.mjs` || path.basename(path.dirname(file)) === name;
}

function functionFiles(root: string): string[] {
  const folder = path.join(root, 'functions');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file));
}
