import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../infra/bundle.ts';
import { buildPage } from '../web/build.ts';
import { bundleModules } from './bundle-modules.ts';
import { pruneDeclarations } from './prune-declarations.ts';
import { writeWheel } from './wheel.ts';

/**
 * `npm run build`: makes `build/`. Modules that users import are where their sources are in the repository, so that
 * relative paths hold.
 */

const root = path.resolve(import.meta.dirname, '..');
const out = path.join(root, 'build');

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
};
const manifest: Manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const copied = ['templates', 'python'];

rmSync(out, { recursive: true, force: true });
execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'package'], {
  cwd: root,
  stdio: 'inherit',
});
for (const file of declarations()) {
  // the compiler rewrites imports in programs only
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll(/((?:from|import\()\s*'\.[^']*)\.ts'/g, "$1.js'"));
}
pruneDeclarations(out, entries());
await bundleModules(root, out);
await bundle(root, path.join(out, 'bundles'));
await buildPage(path.join(out, 'web/dist'));
for (const folder of copied) {
  cpSync(path.join(root, folder), path.join(out, folder), {
    recursive: true,
    filter: (source) => !/__pycache__|\.pyc$|\.pytest_cache|\.egg-info|\.whl$/.test(source),
  });
}
const { name, version } = manifest;
writeFileSync(path.join(out, 'package.json'), JSON.stringify({ name, version, type: 'module', private: true }));

// at the top of the package, so that people find it: `pip install node_modules/gluewright/python/*.whl`
for (const file of readdirSync(path.join(root, 'python'))) {
  if (file.endsWith('.whl')) rmSync(path.join(root, 'python', file));
}
writeWheel(path.join(root, 'python'), path.join(root, 'python'), version);

/** The declarations of the modules that others may import. */
function entries(): string[] {
  const types = Object.values(manifest.exports).flatMap((one) => (typeof one === 'string' ? [] : one.types));
  return types.map((file) => file.slice('./build/'.length));
}

function declarations(): string[] {
  return readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.d\.m?ts$/.test(file))
    .map((file) => path.join(out, file));
}
