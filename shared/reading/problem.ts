/** One thing wrong, or doubtful, in a file that people write. Lines and columns count from 1. */
export type Problem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  /** Names the reason, for programs; the message is for people, and may change. */
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
};

/** `file:line:column: error: message`, which editors can follow, and the remedy on a line of its own. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, severity, message, remedy } = problem;
  // Names come from the file: whatever they hold, they do not write to the terminal.
  const [first, second] = [message, remedy].map((text) => text.replace(/\p{Cc}+/gu, ' '));
  return `${file}:${line}:${column}: ${severity}: ${first}\n    ${second}`;
}
