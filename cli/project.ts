import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from '../shared/asl/compile.ts';
import type { Target } from '../shared/asl/compiled.ts';
import { type Job, readJobs } from '../shared/pipeline/jobs-file.ts';
import type { Pipeline } from '../shared/pipeline/pipeline.ts';
import type { Problem } from '../shared/pipeline/problem.ts';
import { type Reading, readPipeline, readPipelineValue } from '../shared/pipeline/read-pipeline.ts';

/** What the project's files say. File names are as the user would type them, where the command was given. */
export type Project = {
  readonly files: readonly string[];
  readonly pipelines: readonly ProjectPipeline[];
  readonly jobs: Readonly<Record<string, Job>>;
  readonly problems: readonly Problem[];
};

export type ProjectPipeline = { readonly file: string; readonly pipeline: Pipeline };

/** Names as CloudFormation substitutes them: the definition is that of no account in particular. */
export const placeholderTarget: Target = {
  functionArn: (name) => `\${${name}}`,
  stateMachineArn: (name) => `\${${name}}`,
};

const jobsFile = 'jobs/jobs.yml';

/** All of `statemachines/` and `jobs/jobs.yml`. Problems are values; only what cannot be read at all is thrown. */
export async function readProject(root: string, cwd: string): Promise<Project> {
  const folder = join(root, 'statemachines');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => isPipelineFile(name))
    .sort()
    .map((name) => join(folder, name));
  const problems: Problem[] = [];
  const pipelines: ProjectPipeline[] = [];
  for (const path of files) {
    const reading = await readPipelineFile(path, relative(cwd, path));
    problems.push(...reading.problems);
    if (reading.pipeline !== undefined) pipelines.push({ file: relative(cwd, path), pipeline: reading.pipeline });
  }
  const jobs = readJobsFile(join(root, jobsFile), relative(cwd, join(root, jobsFile)));
  problems.push(...jobs.problems, ...twice(pipelines));
  if (existsSync(join(root, jobsFile))) {
    problems.push(...pipelines.flatMap((pipeline) => unknownJobs(root, cwd, pipeline, jobs.jobs)));
  }
  const named = [...files, ...(existsSync(join(root, jobsFile)) ? [join(root, jobsFile)] : [])];
  return { files: named.map((path) => relative(cwd, path)), pipelines, jobs: jobs.jobs, problems };
}

export function isPipelineFile(name: string): boolean {
  return ['.yml', '.yaml', '.ts'].includes(extname(name)) && !/\.(d\.ts|asl\.ya?ml)$/.test(name);
}

/** @param file what the problems call it */
export async function readPipelineFile(path: string, file: string): Promise<Reading> {
  const reading =
    extname(path) === '.ts' ? await readModule(path, file) : readPipeline(readFileSync(path, 'utf8'), file);
  const compiled = reading.pipeline === undefined ? undefined : compile(reading.pipeline, placeholderTarget);
  if (compiled === undefined || !('refused' in compiled)) return reading;
  const { refused: message, remedy } = compiled;
  const problem: Problem = { file, line: 1, column: 1, severity: 'error', code: 'too-large', message, remedy };
  return { pipeline: undefined, problems: [...reading.problems, problem] };
}

async function readModule(path: string, file: string): Promise<Reading> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(path).href);
    return readPipelineValue(module.default, file);
  } catch (cause) {
    const message = `the module does not load: ${cause instanceof Error ? cause.message : String(cause)}`;
    const remedy = 'export default pipeline({…}), and import only what is installed';
    const problem: Problem = { file, line: 1, column: 1, severity: 'error', code: 'module', message, remedy };
    return { pipeline: undefined, problems: [problem] };
  }
}

export function readJobsFile(path: string, file: string): ReturnType<typeof readJobs> {
  return existsSync(path) ? readJobs(readFileSync(path, 'utf8'), file) : { jobs: {}, problems: [] };
}

function twice(pipelines: readonly ProjectPipeline[]): Problem[] {
  const files = new Map<string, string>();
  return pipelines.flatMap(({ file, pipeline: { name } }): Problem[] => {
    const first = files.get(name);
    if (first === undefined) {
      files.set(name, file);
      return [];
    }
    const message = `there is a pipeline ${name} already, in ${first}`;
    const remedy = 'give one of them another name';
    return [{ file, line: 1, column: 1, severity: 'error', code: 'duplicate-pipeline', message, remedy }];
  });
}

/** A job may exist in the account already; at home there is no way to run it. */
function unknownJobs(root: string, cwd: string, { file, pipeline }: ProjectPipeline, jobs: Project['jobs']): Problem[] {
  const lines = readFileSync(join(cwd, file), 'utf8').split('\n');
  return pipeline.tasks.flatMap(({ name, work }): Problem[] => {
    if (Object.hasOwn(jobs, work.job)) return [];
    // The task is sound and the reader is done with the file: its place is looked for in the text.
    const line = lines.findIndex((text) => /glue-job/.test(text) && text.includes(work.job));
    const column = Math.max(0, lines[line]?.indexOf(work.job) ?? 0) + 1;
    const message = `${name}: there is no job ${work.job} in ${relative(cwd, join(root, jobsFile))}`;
    const remedy = 'describe it there; otherwise it has to exist in the account, and is not run at home';
    return [{ file, line: Math.max(0, line) + 1, column, severity: 'warning', code: 'unknown-job', message, remedy }];
  });
}
