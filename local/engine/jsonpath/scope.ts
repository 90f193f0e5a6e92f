/** Data that paths can read. Variables by name, without `$`. */
export type Scope = {
  readonly input: unknown;
  readonly context: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
};
