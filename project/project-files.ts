import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { compile } from '../shared/asl/compile.ts';
import type { Target } from '../shared/asl/compiled.ts';
import type { Pipeline } from '../shared/model/pipeline.ts';
import { type Crawler, type DeclaredNames, type Job, readJobs } from '../shared/pipeline/jobs/jobs-file.ts';
import { type Reading, readPipeline } from '../shared/pipeline/read-pipeline.ts';
import type { Problem } from '../shared/reading/problem.ts';
import type { Locate } from '../shared/reading/source.ts';
import type { RawMachine } from './raw-machines.ts';
import { readModule } from './read-module.ts';

/** What the project's files say. File names are as the user would type them, where the command was given. */
export type Project = {
  readonly files: readonly string[];
  readonly pipelines: readonly ProjectPipeline[];
  /** Definitions that people wrote by hand. */
  readonly machines: readonly RawMachine[];
  readonly jobs: Readonly<Record<string, Job>>;
  readonly crawlers: Readonly<Record<string, Crawler>>;
  /** Where parts of the jobs file stand. */
  readonly jobsPlace: Locate;
  /** Rules of data quality, as DQDL. */
  readonly rulesets: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
};

export type ProjectPipeline = { readonly file: string; readonly pipeline: Pipeline; readonly place: Locate };

/** What the files say, as far as it could be read. */
export type Written = Pick<Project, 'pipelines' | 'machines' | 'jobs' | 'crawlers' | 'rulesets' | 'jobsPlace'> & {
  /** Of pipelines with errors. */
  readonly sketches: readonly ProjectPipeline[];
  /** The files with errors: they may hold more than was read. */
  readonly wrong: readonly string[];
  readonly declared: DeclaredNames;
  /** Epoch milliseconds. */
  readonly now: number;
};

/** Names as CloudFormation substitutes them: the definition is that of no account in particular. */
export const placeholderTarget: Target = {
  functionArn: (name) => `\${${name}}`,
  stateMachineArn: (name) => `\${${name}}`,
};

/** Where the jobs are described: the second is read where the first is not there. */
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
 * @param file what the problems call it
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
