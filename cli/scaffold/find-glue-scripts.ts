import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const notLookedInto = new Set(['node_modules', 'venv', '__pycache__', 'dist', 'build']);
const deepest = 4;

/** Python files that import `awsglue`, relative to `root`. */
export function findGlueScripts(root: string, folder = '', depth = 0): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const skipped = entry.name.startsWith('.') || notLookedInto.has(entry.name) || depth === deepest;
      return skipped ? [] : findGlueScripts(root, path, depth + 1);
    }
    const script = entry.isFile() && entry.name.endsWith('.py');
    return script && /^\s*(?:from|import) awsglue\b/m.test(readFileSync(join(root, path), 'utf8')) ? [path] : [];
  });
}
