import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The page as a folder of files that any server can serve. @param folder is made */
export async function buildPage(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: ['start.ts', 'page.tsx', 'page.css'].map((file) => join(import.meta.dirname, file)),
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  for (const file of ['index.html', 'icon.svg']) {
    await copyFile(join(import.meta.dirname, file), join(folder, file));
  }
}

if (import.meta.main) await buildPage(join(import.meta.dirname, 'dist'));
