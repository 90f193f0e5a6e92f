import { ServiceError } from '../../service/service-error.ts';

/** The disk refuses writes. Pending writes are kept, and written as soon as possible. */
export class StoreUnavailable extends ServiceError {
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super('ServiceUnavailable', `The engine's file cannot be written: ${reason}`);
    this.cause = cause;
  }
}
