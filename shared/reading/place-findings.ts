import { type Finding, formatPath } from './finding.ts';
import type { Problem } from './problem.ts';
import type { Source } from './source.ts';

/** Findings with their places, in file order, without duplicates. */
export function placeFindings(findings: readonly Finding[], source: Source, file: string): Problem[] {
  const problems = new Map<string, Problem>();
  const places = new Set<string>();
  for (const finding of findings) {
    const { line, column } = source.place(finding);
    const problem: Problem = {
      file,
      line,
      column,
      severity: finding.severity ?? 'error',
      code: finding.code,
      message: finding.message.startsWith(`\`${formatPath(finding.path)}\``)
        ? finding.message
        : source.label(finding.path) + finding.message,
      remedy: finding.remedy,
    };
    // a value that is not JSON also has the wrong type; report it once
    if (problem.code === 'wrong-type' && places.has(`${line}:${column}`)) continue;
    if (source.exact) places.add(`${line}:${column}`);
    problems.set(`${line}:${column}:${problem.code}:${problem.message}`, problem);
  }
  return [...problems.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
