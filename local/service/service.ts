/**
 * An AWS service behind the wire: one function for each operation, with AWS's shapes (dates as epoch seconds). Expected
 * errors are `ServiceError`s with AWS's names.
 */
export interface Service {
  readonly operations: Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
}
