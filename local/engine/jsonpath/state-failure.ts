/**
 * A state fails while its fields are evaluated. `error` is the name that Catch and Retry match. `cause` is AWS's text
 * after "An error occurred while executing the state '…' (entered at the event id #n). ".
 */
export class StateFailure extends Error {
  readonly error: string;
  override readonly cause: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.name = 'StateFailure';
    this.error = error;
    this.cause = cause;
  }
}

/** A path finds nothing. States.Runtime: neither Retry nor Catch handles it. */
export class PathFailure extends StateFailure {
  constructor(cause: string) {
    super('States.Runtime', cause);
    this.name = 'PathFailure';
  }
}

/** A result cannot be placed at ResultPath. */
export class ResultPathMatchFailure extends StateFailure {
  constructor(cause: string) {
    super('States.ResultPathMatchFailure', cause);
    this.name = 'ResultPathMatchFailure';
  }
}

/** An intrinsic function rejects its arguments. */
export class IntrinsicFailure extends StateFailure {
  constructor(cause: string) {
    super('States.IntrinsicFailure', cause);
    this.name = 'IntrinsicFailure';
  }
}
