import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** Puts a bundle of each function into `outdir`: the package's own, or, in this repository, new ones. */
export async function placeBundles(outdir: string): Promise<void> {
  const built = path.join(root, 'bundles');
  if (existsSync(built)) {
    cpSync(built, outdir, { recursive: true });
    return;
  }
  const { bundle } = await import('./bundle.ts');
  await bundle(root, outdir);
}
