import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';
import type { JobRun } from '../glue/job-run.ts';
import { runFolder } from '../glue/processes/run-folder.ts';
import type { LogEvent, LogSource, LogStream } from './log-source.ts';

/** Number of lines in the file at a given time. */
type Mark = { readonly lines: number; readonly at: number };

const endings = ['output', 'error'] as const;
const kinds = { glueetl: '/aws-glue/jobs', pythonshell: '/aws-glue/python-jobs' } as const;

/**
 * Job output in Glue's log groups, with one stream for each job run. Files have no times for their lines, so a line
 * gets the time at which it was first seen.
 *
 * @param glue.runs newest first
 */
export function createGlueLogs(glue: {
  readonly home: string;
  readonly jobs: ReadonlyMap<string, Job>;
  readonly runs: (job: string) => readonly JobRun[];
}): LogSource {
  const marks = new Map<string, Mark[]>();

  function streamsOf(type: string, ending: (typeof endings)[number]): readonly LogStream[] {
    const names = [...glue.jobs.values()].filter((job) => job.type === type).map((job) => job.name);
    return names.flatMap((name) =>
      glue.runs(name).flatMap((run): LogStream[] => {
        const file = runFolder(glue.home, run.id)[ending];
        if (!existsSync(file)) return [];
        return [{ name: run.id, createdAt: run.startedOn, events: () => eventsIn(file, run.startedOn) }];
      }),
    );
  }

  function eventsIn(file: string, startedOn: number): readonly LogEvent[] {
    const { mtimeMs } = statSync(file);
    const lines = readFileSync(file, 'utf8').split('\n');
    // The last one is empty or incomplete.
    lines.pop();
    const known = marks.get(file) ?? [{ lines: 0, at: startedOn }];
    const last = known.at(-1);
    const at = Math.max(Math.trunc(mtimeMs), last?.at ?? startedOn);
    const seen = last !== undefined && last.lines < lines.length ? [...known, { lines: lines.length, at }] : known;
    marks.set(file, seen);
    return lines.map((message, index) => ({ message, timestamp: timeOf(index, seen) }));
  }

  return {
    groups: () => Object.values(kinds).flatMap((group) => endings.map((ending) => `${group}/${ending}`)),
    streams(group) {
      for (const [type, prefix] of Object.entries(kinds)) {
        const ending = endings.find((one) => `${prefix}/${one}` === group);
        if (ending !== undefined) return streamsOf(type, ending);
      }
      return undefined;
    },
  };
}

/** The time of the first look that found the line. */
function timeOf(line: number, marks: readonly Mark[]): number {
  return (marks.find(({ lines }) => line < lines) ?? marks.at(-1))?.at ?? 0;
}
