/** `timestamp` in epoch milliseconds. */
export type LogEvent = { readonly timestamp: number; readonly message: string };

export type LogStream = {
  readonly name: string;
  readonly createdAt: number;
  /** Oldest first. */
  events(): readonly LogEvent[];
};

/** Where log groups come from. */
export interface LogSource {
  /** Names, in any order. */
  groups(): readonly string[];
  /** Undefined if the group does not exist. */
  streams(group: string): readonly LogStream[] | undefined;
}

export function joinSources(sources: readonly LogSource[]): LogSource {
  return {
    groups: () => sources.flatMap((source) => source.groups()).sort(),
    streams: (group) => sources.map((source) => source.streams(group)).find((streams) => streams !== undefined),
  };
}
