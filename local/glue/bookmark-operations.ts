import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';
import { parseInput } from '../service/parse-input.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';

/** The file of `python/awsglue/_bookmarks.py`: the runs in order, and each file with its stamp and run. */
const state = z.object({
  runs: z.array(z.string()),
  files: z.record(z.string(), z.record(z.string(), z.array(z.number()))),
});

/** Bookmarks of local jobs: read, and reset to the beginning or to a run. */
export function bookmarkOperations(home: string, jobs: ReadonlyMap<string, Job>): Service['operations'] {
  function bookmarkOf(input: unknown): {
    readonly job: string;
    readonly file: string;
    readonly runs: readonly string[];
  } {
    const { JobName: job } = parse(z.object({ JobName: z.string() }), input);
    const file = path.join(home, 'bookmarks', `${job}.json`);
    if (!jobs.has(job) || !existsSync(file)) {
      throw new ServiceError('EntityNotFoundException', `Continuation for job ${job} not found`);
    }
    return { job, file, runs: read(file).runs };
  }

  const entryOf = (job: string, runs: readonly string[]) => ({
    JobName: job,
    Version: runs.length,
    Run: runs.length,
    Attempt: 0,
    RunId: runs.at(-1) ?? '',
    PreviousRunId: runs.at(-2) ?? '',
    JobBookmark: '{}',
  });

  return {
    async GetJobBookmark(input) {
      const { job, runs } = bookmarkOf(input);
      return { JobBookmarkEntry: entryOf(job, runs) };
    },

    async ResetJobBookmark(input) {
      const { job, file, runs } = bookmarkOf(input);
      const { RunId } = parse(z.object({ RunId: z.optional(z.string()) }), input);
      if (RunId === undefined) {
        rmSync(file);
        return { JobBookmarkEntry: entryOf(job, []) };
      }
      const at = runs.indexOf(RunId);
      if (at < 0) throw new ServiceError('EntityNotFoundException', `The bookmark of ${job} has no run ${RunId}`);
      const kept = runs.slice(0, at + 1);
      const files = Object.entries(read(file).files).map(([context, known]) => [
        context,
        Object.fromEntries(Object.entries(known).filter(([, [, , run = 0]]) => run <= at)),
      ]);
      writeFileSync(`${file}.part`, JSON.stringify({ runs: kept, files: Object.fromEntries(files) }));
      renameSync(`${file}.part`, file);
      return { JobBookmarkEntry: entryOf(job, kept) };
    },
  };
}

function read(file: string): z.output<typeof state> {
  return state.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidInputException');
}
