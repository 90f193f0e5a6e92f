import type { Path } from '../../reading/finding.ts';

/** Whether a path has the steps of a pattern, in which `*` stands for any step. */
export function isAt(path: Path, pattern: readonly string[]): boolean {
  return path.length === pattern.length && pattern.every((step, index) => step === '*' || step === path[index]);
}
