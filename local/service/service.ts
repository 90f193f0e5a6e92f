/**
 * An AWS service behind the wire: one function per operation, with AWS's shapes (dates as epoch seconds). Expected errors
 * are thrown as `ServiceError` by AWS's names.
 */
export interface Service {
  readonly operations: Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
}
