/**
 * A successful answer that says that nothing began. `begun` throws it.
 *
 * @param mayPass the same start may succeed later, such as one without capacity
 */
export class NotBegun extends Error {
  override readonly name: string;
  readonly mayPass: boolean;

  constructor(name: string, message: string, mayPass: boolean) {
    super(message);
    this.name = name;
    this.mayPass = mayPass;
  }
}
