import { Nearest } from '../shared/pipeline/nearest.ts';
import type { Pipeline } from '../shared/pipeline/pipeline.ts';
import type { Cli } from './cli.ts';
import { CommandError, exitCodes } from './command-error.ts';
import { readProject } from './project.ts';
import type { Project, ProjectPipeline } from './project-files.ts';
import { findProjectRoot, type ProjectRoot } from './project-root.ts';
import { problemLines } from './render/problem-lines.ts';
import type { Terminal } from './terminal.ts';

export type OpenProject = Project & ProjectRoot;

export type ReadPipelines = ProjectRoot & { pipelineOf(name: string): Pipeline | undefined };

/** The project around the current folder. @throws {CommandError} when its files hold errors, having shown them. */
export async function openProject({ terminal }: Cli): Promise<OpenProject> {
  const place = findProjectRoot(terminal);
  const project = await readProject(place.root, terminal.cwd);
  const errors = project.problems.filter((problem) => problem.severity === 'error');
  if (errors.length === 0) return { ...project, ...place };
  for (const problem of errors) terminal.err(problemLines(terminal, problem).join('\n'));
  throw new CommandError(exitCodes.usage, 'the project has errors, so nothing was done');
}

/** For showing what was: a file that has errors now only takes its pipeline's shape from the picture. */
export async function readPipelines(terminal: Terminal): Promise<ReadPipelines> {
  const place = findProjectRoot(terminal);
  const { pipelines } = await readProject(place.root, terminal.cwd);
  const byName = new Map(pipelines.map(({ pipeline }) => [pipeline.name, pipeline]));
  return { ...place, pipelineOf: (name) => byName.get(name) };
}

/** @throws {CommandError} with the nearest name */
export function findPipeline(project: OpenProject, name: string): ProjectPipeline {
  const found = project.pipelines.find(({ pipeline }) => pipeline.name === name);
  if (found !== undefined) return found;
  const names = project.pipelines.map(({ pipeline }) => pipeline.name);
  const close = new Nearest().of(name, names);
  const hint = close === undefined ? `it has ${names.join(', ') || 'none'}` : `did you mean ${close}?`;
  throw new CommandError(exitCodes.notFound, `the project has no pipeline ${name}; ${hint}`);
}
