import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Problem } from '../shared/pipeline/problem.ts';
import { checkProject } from './check-project.ts';
import {
  isPipelineFile,
  jobsFile,
  type Project,
  type ProjectPipeline,
  readJobsFile,
  readPipelineFile,
} from './project-files.ts';
import { isRawMachineFile, type RawMachine, readRawMachine } from './raw-machines.ts';

/** All of `statemachines/` and `jobs/jobs.yml`. Problems are values; only what cannot be read at all is thrown. */
export async function readProject(root: string, cwd: string): Promise<Project> {
  const folder = join(root, 'statemachines');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const problems: Problem[] = [];
  const files: string[] = [];
  const pipelines: ProjectPipeline[] = [];
  const machines: RawMachine[] = [];
  for (const path of names.map((name) => join(folder, name))) {
    const file = relative(cwd, path);
    if (isRawMachineFile(path)) {
      const reading = readRawMachine(path, file);
      problems.push(...reading.problems);
      if (reading.machine !== undefined) machines.push(reading.machine);
    } else if (isPipelineFile(path)) {
      const reading = await readPipelineFile(path, file);
      problems.push(...reading.problems);
      if (reading.pipeline !== undefined) pipelines.push({ file, pipeline: reading.pipeline });
    } else continue;
    files.push(file);
  }
  const { jobs, problems: jobProblems } = readJobsFile(join(root, jobsFile), relative(cwd, join(root, jobsFile)));
  if (existsSync(join(root, jobsFile))) files.push(relative(cwd, join(root, jobsFile)));
  const project = { files, pipelines, machines, jobs };
  return { ...project, problems: [...problems, ...jobProblems, ...checkProject(root, cwd, project)] };
}
