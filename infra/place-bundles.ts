import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** Puts a bundle of each function into `outdir`: the package's own, or, in this repository, new ones. */
export async function placeBundles(outdir: string): Promise<void> {
  const built = path.join(root, 'bundles');
  if (existsSync(built)) {
    // files of an earlier version have other names, and would be deployed, too
    for (const name of readdirSync(built)) rmSync(path.join(outdir, name), { recursive: true, force: true });
    cpSync(built, outdir, { recursive: true });
    return;
  }
  const { bundle } = await import('./bundle.ts');
  await bundle(root, outdir);
}
