/**
 * Glue's exclude patterns, relative to the crawler's path: `*` within a folder, `**` across folders, `?`, `[a-z]`,
 * `{one,other}`.
 */
export function isExcluded(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => toRegExp(pattern).test(path));
}

function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\*\*|[*?{},\\^$.|+()[\]]/g, (part) => replacements[part] ?? `\\${part}`);
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return /^\b$/;
  }
}

const replacements: Readonly<Record<string, string>> = {
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
  '{': '(?:',
  '}': ')',
  ',': '|',
  '[': '[',
  ']': ']',
};
