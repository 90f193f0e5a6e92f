import type { LogEvent, LogSource } from './log-source.ts';

export interface FunctionLogs extends LogSource {
  note(name: string, event: LogEvent): void;
}

/** Entries kept for each function, because a local runtime may live for weeks. */
const mostEvents = 2_000;

/**
 * The log of a stack's functions, in `/aws/lambda/NAME`. It ends with the process.
 *
 * @param names full names, `STACK-NAME`
 */
export function createFunctionLogs(names: readonly string[], startedAt: number): FunctionLogs {
  const events = new Map<string, LogEvent[]>(names.map((name) => [groupOf(name), []]));
  return {
    note(name, event) {
      const kept = events.get(groupOf(name));
      kept?.push(event);
      if (kept !== undefined && kept.length > mostEvents) kept.splice(0, kept.length - mostEvents);
    },
    groups: () => [...events.keys()],
    streams(group) {
      const kept = events.get(group);
      return kept && [{ name: 'local', createdAt: startedAt, events: () => [...kept] }];
    },
  };
}

function groupOf(name: string): string {
  return `/aws/lambda/${name}`;
}
