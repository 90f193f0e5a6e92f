import { existsSync, readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { type Locate, nowhere } from '../shared/reading/source.ts';

/**
 * Finds the places of parts of `serverless.yml`. Serverless reads that file, so it may hold any YAML. A missing part gets
 * the place of its nearest parent.
 */
export function locateIn(file: string): Locate {
  if (!existsSync(file)) return nowhere;
  const lines = new LineCounter();
  const { contents } = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  return ({ path, key }) => {
    let node: Node | null = contents;
    let offset = 0;
    for (const [at, step] of path.entries()) {
      const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === step) : undefined;
      if (pair === undefined) break;
      node = isNode(pair.value) ? pair.value : null;
      const isLast = at === path.length - 1;
      const meant = isLast && key !== true ? node : pair.key;
      offset = (isNode(meant) ? meant.range?.[0] : undefined) ?? offset;
    }
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
}
