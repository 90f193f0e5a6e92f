/** EventBridge would refuse the pattern. */
export class InvalidEventPattern extends Error {
  override readonly name = 'InvalidEventPatternException';

  constructor(path: string, reason: string) {
    super(`Event pattern is not valid. Reason: ${path === '' ? 'the pattern' : path} ${reason}`);
  }
}
