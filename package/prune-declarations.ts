import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Removes the declarations that none of these modules needs. Nobody can import the others, and 800 small files take
 * some megabytes.
 *
 * @param out the compiled tree
 * @param entries declarations in it, such as `testing/testing.d.ts`
 */
export function pruneDeclarations(out: string, entries: readonly string[]): void {
  const needed = new Set<string>();
  const waiting = entries.map((entry) => path.join(out, entry));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (needed.has(file) || !existsSync(file)) continue;
    needed.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, , name = ''] of text.matchAll(/(from|import\()\s*'(\.[^']*)'/g)) {
      waiting.push(declarationOf(path.resolve(path.dirname(file), name)));
    }
  }
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(out, name);
    if (/\.d\.m?ts$/.test(name) && !needed.has(file)) rmSync(file);
  }
}

function declarationOf(module: string): string {
  return module.replace(/\.(m?)js$/, '.d.$1ts');
}
