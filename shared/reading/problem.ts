/** An error or a warning about a file of the project. Lines and columns count from 1. */
export type Problem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  /** Identifies the reason for programs. The message is for people and may change. */
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
};

/** `file:line:column: error: message`, which editors can follow, with the remedy on its own line. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, severity, message, remedy } = problem;
  // names come from the file and must not control the terminal
  const [first, second] = [message, remedy].map((text) => text.replace(/\p{Cc}+/gu, ' '));
  return `${file}:${line}:${column}: ${severity}: ${first}\n    ${second}`;
}
