export type Environment = Readonly<Record<string, string | undefined>>;

export class MissingSetting extends Error {
  override readonly name = 'MissingSetting';
}
