/** An API error with AWS's name, such as `ExecutionAlreadyExists`. The wire sends it with status 400. */
export class ServiceError extends Error {
  override readonly name: string;

  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}
