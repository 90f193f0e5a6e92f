import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { compile } from '../shared/asl/compile.ts';
import type { Target } from '../shared/asl/compiled.ts';
import type { Pipeline } from '../shared/model/pipeline.ts';
import type { Pools } from '../shared/model/pool.ts';
import { type Crawler, type DeclaredNames, type Job, readJobs } from '../shared/pipeline/jobs/jobs-file.ts';
import { type Reading, readPipeline } from '../shared/pipeline/read-pipeline.ts';
import type { Problem } from '../shared/reading/problem.ts';
import type { Locate } from '../shared/reading/source.ts';
import type { RawMachine } from './raw-machines.ts';
import { readModule } from './read-module.ts';

/** The content of the project's files. File names are relative to the user's current folder. */
export type Project = {
  readonly files: readonly string[];
  readonly pipelines: readonly ProjectPipeline[];
  /** Definitions that people wrote by hand. */
  readonly machines: readonly RawMachine[];
  readonly jobs: Readonly<Record<string, Job>>;
  readonly crawlers: Readonly<Record<string, Crawler>>;
  /** The places of the parts of the jobs file. */
  readonly jobsPlace: Locate;
  /** Rules of data quality, as DQDL. */
  readonly rulesets: Readonly<Record<string, string>>;
  readonly pools: Pools;
  readonly problems: readonly Problem[];
};

export type ProjectPipeline = { readonly file: string; readonly pipeline: Pipeline; readonly place: Locate };

/** The readable content of the files. */
export type Written = Pick<
  Project,
  'pipelines' | 'machines' | 'jobs' | 'crawlers' | 'rulesets' | 'pools' | 'jobsPlace'
> & {
  /** The readable parts of pipelines with errors. */
  readonly sketches: readonly ProjectPipeline[];
  /** The files with errors: they may hold more than was read. */
  readonly wrong: readonly string[];
  readonly declared: DeclaredNames;
  /** Epoch milliseconds. */
  readonly now: number;
};

/** Substitution tokens instead of ARNs, so that the definition belongs to no account. */
export const placeholderTarget: Target = {
  functionArn: (name) => `\${${name}}`,
  stateMachineArn: (name) => `\${${name}}`,
};

/** The jobs file. The second is read if the first does not exist. */
export const jobsFiles = ['jobs/jobs.yml', 'jobs/jobs.yaml'] as const;

export function jobsFileIn(root: string): (typeof jobsFiles)[number] {
  return jobsFiles.find((file) => existsSync(join(root, file))) ?? jobsFiles[0];
}

export function isPipelineFile(name: string): boolean {
  return ['.yml', '.yaml', '.ts'].includes(extname(name)) && !/\.(d\.ts|asl\.ya?ml)$/.test(name);
}

/**
 * The pipelines of a file: YAML holds one, a module one or several.
 *
 * @param file its name in problems
 */
export async function readPipelineFile(path: string, file: string): Promise<readonly Reading[]> {
  if (extname(path) !== '.ts') return [compilable(readPipeline(readFileSync(path, 'utf8'), file), file)];
  return (await readModule(path, file)).map((reading) => compilable(reading, file));
}

/** A pipeline that is too large for Step Functions is a problem of its file. */
function compilable(reading: Reading, file: string): Reading {
  const failed = reading.pipeline === undefined ? undefined : compile(reading.pipeline, placeholderTarget).problem;
  if (failed === undefined) return reading;
  const problem: Problem = { file, line: 1, column: 1, severity: 'error', code: 'too-large', ...failed };
  return {
    pipeline: undefined,
    place: reading.place,
    ...(reading.pipeline && { sketch: reading.pipeline }),
    problems: [...reading.problems, problem],
  };
}

export function readJobsFile(path: string, file: string): ReturnType<typeof readJobs> {
  return existsSync(path) ? readJobs(readFileSync(path, 'utf8'), file) : readJobs('{}', file);
}
