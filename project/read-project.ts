import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Pipeline } from '../shared/model/pipeline.ts';
import type { Problem } from '../shared/reading/problem.ts';
import { type Locate, nowhere } from '../shared/reading/source.ts';
import { checkProject } from './check-project.ts';
import { isPipelineFile, jobsFileIn, type Project, readJobsFile, readPipelineFile } from './project-files.ts';
import { isRawMachineFile, type RawMachine, readRawMachine } from './raw-machines.ts';

/**
 * All of `statemachines/` and `jobs/jobs.yml` (or `.yaml`). Problems are values; only unreadable files and folders throw.
 *
 * @param now epoch milliseconds; schedules that end before it never start a run
 */
export async function readProject(root: string, cwd: string, now = Date.now()): Promise<Project> {
  const folder = join(root, 'statemachines');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const paths = names
    .map((name) => join(folder, name))
    .filter((path) => isRawMachineFile(path) || isPipelineFile(path));
  const read = (await Promise.all(paths.map((path) => readFile(path, relative(cwd, path))))).flat();
  const problems = read.flatMap((one) => one.problems);
  const files = paths.map((path) => relative(cwd, path));
  const pipelines = read.flatMap(({ file, pipeline, place = nowhere }) =>
    pipeline === undefined ? [] : [{ file, pipeline, place }],
  );
  const machines = read.flatMap(({ machine }) => machine ?? []);
  const sketches = read.flatMap(({ file, sketch, place = nowhere }) =>
    sketch === undefined ? [] : [{ file, pipeline: sketch, place }],
  );
  const wrong = files.filter((name) =>
    read.some(({ file, problems }) => file === name && problems.some(({ severity }) => severity === 'error')),
  );
  const jobsFile = jobsFileIn(root);
  const jobsAt = relative(cwd, join(root, jobsFile));
  const {
    jobs,
    crawlers,
    rulesets,
    pools,
    declared,
    place: jobsPlace,
    problems: jobProblems,
  } = readJobsFile(join(root, jobsFile), jobsAt);
  if (existsSync(join(root, jobsFile))) files.push(jobsAt);
  const project = { files, pipelines, machines, jobs, crawlers, rulesets, pools, jobsPlace };
  const found = checkProject(root, cwd, { ...project, sketches, wrong, declared, now });
  return { ...project, problems: inOrder([...problems, ...jobProblems, ...found], files) };
}

function inOrder(problems: readonly Problem[], files: readonly string[]): Problem[] {
  const order = new Map(files.map((file, at) => [file, at]));
  const at = ({ file }: Problem): number => order.get(file) ?? files.length;
  return problems.toSorted((one, other) => at(one) - at(other) || one.line - other.line || one.column - other.column);
}

type ReadFile = {
  readonly file: string;
  readonly pipeline?: Pipeline | undefined;
  readonly sketch?: Pipeline;
  readonly machine?: RawMachine;
  readonly place?: Locate;
  readonly problems: readonly Problem[];
};

async function readFile(path: string, file: string): Promise<readonly ReadFile[]> {
  if (isRawMachineFile(path)) return [{ file, ...readRawMachine(path, file) }];
  return (await readPipelineFile(path, file)).map((reading) => ({ file, ...reading }));
}
