/** The meaning of exit codes. `docs/cli.md` lists them. */
export const exitCodes = {
  done: 0,
  /** The run did not succeed, or `validate` found errors. */
  failed: 1,
  /** The command line or the project's files are wrong. */
  usage: 2,
  /** There is no such project, pipeline, run or task. */
  notFound: 3,
  /** Another process uses the runtime, or it does not answer. */
  unavailable: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command. `message` is for the user, who sees no stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
