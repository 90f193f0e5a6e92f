import type { LogEvent, LogSource } from './log-source.ts';

export interface FunctionLogs extends LogSource {
  note(name: string, event: LogEvent): void;
}

/** So many entries are kept for each function: a local runtime may live for weeks. */
const mostEvents = 2_000;

/**
 * What the functions of a stack log, in `/aws/lambda/NAME`, as long as the process lives.
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
