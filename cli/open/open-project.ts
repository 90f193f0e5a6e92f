import { join, relative } from 'node:path';
import { jobsFileIn, type Project, type ProjectPipeline } from '../../project/project-files.ts';
import { readProject } from '../../project/read-project.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { Nearest } from '../../shared/reading/nearest.ts';
import { formatProblem, type Problem } from '../../shared/reading/problem.ts';
import { problemLines } from '../render/problem-lines.ts';
import type { Cli } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { findDev } from './dev-file.ts';
import { machineArnAtHome } from './machine-arn-at-home.ts';
import { findProjectRoot, type ProjectRoot } from './project-root.ts';

/** `leftOut`: errors of files that are ignored. */
export type OpenProject = Project &
  ProjectRoot & {
    readonly leftOut: readonly Problem[];
    /** Prints a warning. */
    readonly warn: (text: string) => void;
  };

export type ReadPipelines = ProjectRoot & { readonly pipelines: readonly Pipeline[] };

/**
 * The project around the current folder. Files with errors are ignored, with a warning for each.
 *
 * @throws {CommandError} if nothing is left, or the jobs have errors, after printing them
 */
export async function openProject({ terminal }: Cli): Promise<OpenProject> {
  const place = findProjectRoot(terminal);
  const project = withoutErrors(await readProject(place.root, terminal.cwd));
  const { leftOut } = project;
  const jobsAt = relative(terminal.cwd, join(place.root, jobsFileIn(place.root)));
  const nothingLeft = project.pipelines.length === 0 && project.machines.length === 0;
  if (leftOut.length > 0 && (nothingLeft || leftOut.some(({ file }) => file === jobsAt))) {
    for (const problem of leftOut) terminal.err(problemLines(terminal, problem).join('\n'));
    throw new CommandError(exitCodes.usage, 'the project has errors, so nothing was done');
  }
  for (const line of leftOutLines(leftOut)) terminal.err(`gluewright: ${line}`);
  return { ...project, ...place, warn: warnOn(terminal) };
}

/**
 * The same for commands on existing runs and triggers. While `dev` runs, its deployment counts, whatever the files
 * contain. Without it, this process would run the jobs and needs all of them.
 *
 * @throws {CommandError} as `openProject`, if no `dev` runs
 */
export async function openDeployed(cli: Cli): Promise<OpenProject> {
  const { terminal } = cli;
  const place = findProjectRoot(terminal);
  if ((await findDev(place.home)) === undefined) return openProject(cli);
  const project = withoutErrors(await readProject(place.root, terminal.cwd));
  for (const line of leftOutLines(project.leftOut)) terminal.err(`gluewright: ${line}`);
  return { ...project, ...place, warn: warnOn(terminal) };
}

function warnOn(terminal: Terminal): (text: string) => void {
  return (text) => terminal.err(`gluewright: ${text}`);
}

/** The usable part of a project: its files without errors. */
export function withoutErrors(project: Project): Project & { readonly leftOut: readonly Problem[] } {
  const leftOut = project.problems.filter((problem) => problem.severity === 'error');
  const broken = new Set(leftOut.map((problem) => problem.file));
  return {
    ...project,
    pipelines: project.pipelines.filter(({ file }) => !broken.has(file)),
    machines: project.machines.filter(({ file }) => !broken.has(file)),
    leftOut,
  };
}

/** One line for each file. */
function leftOutLines(problems: readonly Problem[]): string[] {
  const files = Map.groupBy(problems, (problem) => problem.file);
  return [...files].map(([file, [first, ...others]]) => {
    const more = others.length === 0 ? '' : `, and ${others.length} more`;
    return `skipping ${file}: ${first?.message}${more} (npx gluewright validate)`;
  });
}

/** For commands that show past runs. Files with errors do not hinder them: only the graph of their pipeline is missing. */
export async function readPipelines(terminal: Terminal): Promise<ReadPipelines> {
  const place = findProjectRoot(terminal);
  const { pipelines } = await readProject(place.root, terminal.cwd);
  return { ...place, pipelines: pipelines.map(({ pipeline }) => pipeline) };
}

/** @throws {CommandError} with the nearest name */
export function findPipeline(project: OpenProject, name: string): ProjectPipeline {
  const found = project.pipelines.find(({ pipeline }) => pipeline.name === name);
  if (found !== undefined) return found;
  if (project.machines.some((machine) => machine.name === name)) {
    const start = `aws stepfunctions start-execution --state-machine-arn ${machineArnAtHome(name)}`;
    const message = `${name} is a state machine written by hand: while npx gluewright dev runs, start it with ${start}`;
    throw new CommandError(exitCodes.notFound, message);
  }
  const names = project.pipelines.map(({ pipeline }) => pipeline.name);
  const close = new Nearest().of(name, names);
  const hint = close === undefined ? `it has ${names.join(', ') || 'none'}` : `did you mean ${close}?`;
  const message = `the project has no pipeline ${name}; ${hint}`;
  if (project.leftOut.length === 0) throw new CommandError(exitCodes.notFound, message);
  throw new CommandError(exitCodes.usage, [message, ...project.leftOut.map(formatProblem)].join('\n'));
}
