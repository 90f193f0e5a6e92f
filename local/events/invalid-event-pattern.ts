/** EventBridge would reject the pattern. */
export class InvalidEventPattern extends Error {
  override readonly name = 'InvalidEventPatternException';

  /** The field's names, joined by dots. Empty for the whole pattern. */
  readonly path: string;

  constructor(path: string, reason: string) {
    super(`Event pattern is not valid. Reason: ${path === '' ? 'the pattern' : path} ${reason}`);
    this.path = path;
  }
}
