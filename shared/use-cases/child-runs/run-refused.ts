/** What the SDK's errors have where the service will never do it. */
export class RunRefused extends Error {
  override readonly name = 'RunRefused';
  readonly $metadata = { httpStatusCode: 400 };
}
