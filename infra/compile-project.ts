import { existsSync } from 'node:fs';
import path from 'node:path';
import { readProject } from '../cli/project.ts';
import { compile } from '../shared/asl/compile.ts';
import { pipelineOnAws } from '../shared/deploy/on-aws.ts';
import { machineTarget } from '../shared/deploy/pipeline-resources.ts';
import type { Settings } from '../shared/deploy/settings.ts';
import type { Project } from '../shared/deploy/stack.ts';
import { formatProblem } from '../shared/pipeline/problem.ts';
import { readRawMachines } from './read-raw-machines.ts';

export type ProjectReading =
  | { readonly project: Project; readonly problems: readonly [] }
  | { readonly project: undefined; readonly problems: readonly string[] };

/** Reads what lies below `root` and compiles it for AWS, or says all that is wrong with it, ready to be printed. */
export async function compileProject(root: string, settings: Settings): Promise<ProjectReading> {
  const files = await readProject(root, root);
  const problems = files.problems.filter(({ severity }) => severity === 'error').map(formatProblem);
  const jobs = Object.values(files.jobs);
  const pipelines = files.pipelines.flatMap(({ file, pipeline: written }) => {
    const pipeline = pipelineOnAws(written, settings, jobs);
    const compiled = compile(pipeline, machineTarget);
    if (!('refused' in compiled)) return [{ pipeline, compiled }];
    problems.push(`${file}: error: ${compiled.refused}\n    ${compiled.remedy}`);
    return [];
  });
  for (const { name, script } of jobs) {
    if (script !== undefined && !existsSync(path.join(root, script)))
      problems.push(
        `jobs/jobs.yml: error: ${name}: there is no ${script}\n    scripts are named from the project's folder`,
      );
  }
  const raw = readRawMachines(root, settings, new Set(pipelines.map(({ pipeline }) => pipeline.name)));
  problems.push(...raw.problems);
  if (problems.length > 0) return { project: undefined, problems };
  return { project: { settings, pipelines, jobs, raw: raw.machines }, problems: [] };
}
