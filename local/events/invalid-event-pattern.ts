/** EventBridge would refuse the pattern. */
export class InvalidEventPattern extends Error {
  override readonly name = 'InvalidEventPatternException';

  /** The field, its names joined by dots. Empty: the pattern as a whole. */
  readonly path: string;

  constructor(path: string, reason: string) {
    super(`Event pattern is not valid. Reason: ${path === '' ? 'the pattern' : path} ${reason}`);
    this.path = path;
  }
}
