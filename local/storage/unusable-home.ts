/** The home folder cannot be created or written. */
export class UnusableHome extends Error {
  override readonly name = 'UnusableHome';

  constructor(home: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${home} cannot be written: ${reason}. Make room there, or name another folder (GLUEWRIGHT_HOME).`, {
      cause,
    });
  }
}
