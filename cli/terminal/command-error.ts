/** What a command's exit code says. They are listed in `docs/cli.md`. */
export const exitCodes = {
  done: 0,
  /** The run did not succeed, or `validate` found errors. */
  failed: 1,
  /** The command line is wrong, or the project's files are. */
  usage: 2,
  /** There is no such project, pipeline, run or task. */
  notFound: 3,
  /** The runtime is in use by somebody else, or does not answer. */
  unavailable: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command: `message` is for its user, who sees no stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
