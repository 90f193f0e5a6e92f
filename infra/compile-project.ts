import path from 'node:path';
import { jobsFileIn, type Project as Written } from '../project/project-files.ts';
import { readProject } from '../project/read-project.ts';
import { compile } from '../shared/asl/compile.ts';
import { rawPermissions } from '../shared/deploy/permissions/raw-permissions.ts';
import { pipelineOnAws } from '../shared/deploy/resources/physical-names.ts';
import { machineTarget } from '../shared/deploy/resources/pipeline-resources.ts';
import type { Project } from '../shared/deploy/stack.ts';
import type { Settings } from '../shared/deploy/template/settings.ts';
import type { Problem } from '../shared/reading/problem.ts';
import { nowhere } from '../shared/reading/source.ts';
import { bareFiles, type Files, type Placed } from './place-doubt.ts';

export type ProjectReading =
  | { readonly project: Project; readonly files: Files; readonly problems: readonly [] }
  | { readonly project: undefined; readonly problems: readonly Problem[] };

/** Reads the project below `root` and compiles it for AWS, or returns all its problems. */
export async function compileProject(root: string, cwd: string, settings: Settings): Promise<ProjectReading> {
  const written = await readProject(root, cwd);
  const problems = written.problems.flatMap(onAws);
  const jobs = Object.values(written.jobs);
  const made = { crawlers: Object.keys(written.crawlers), rulesets: Object.keys(written.rulesets) };
  const pipelines = written.pipelines.flatMap(({ file, pipeline: read }) => {
    const pipeline = pipelineOnAws(read, settings, jobs, made);
    const compiled = compile(pipeline, machineTarget);
    const { problem } = compiled;
    if (problem === undefined) return [{ pipeline, compiled }];
    problems.push(wrong(file, 'too-large', problem.message, problem.remedy));
    return [];
  });
  problems.push(...written.machines.flatMap((machine) => refusals(machine, settings)));
  const jobsAt = path.relative(cwd, path.join(root, jobsFileIn(root)));
  if (problems.length > 0) return { project: undefined, problems };
  const raw = written.machines.map(({ name, definition }) => ({ name, definition }));
  const named = [
    ...written.pipelines.map(({ file, pipeline, place }): [string, Placed] => [pipeline.name, { file, place }]),
    ...written.machines.map(({ file, name }): [string, Placed] => [name, { file, place: nowhere }]),
  ];
  const files: Files = {
    ...bareFiles(root, cwd),
    jobs: { file: jobsAt, place: written.jobsPlace },
    pipelines: new Map(named),
  };
  return {
    project: {
      settings,
      pipelines,
      jobs,
      crawlers: Object.values(written.crawlers),
      rulesets: written.rulesets,
      raw,
      pools: written.pools,
    },
    files,
    problems: [],
  };
}

/** A missing script is a warning locally, but an error on AWS, where it must be uploaded. */
function onAws(problem: Problem): Problem[] {
  if (problem.severity === 'error') return [problem];
  return problem.code === 'no-script' ? [{ ...problem, severity: 'error' }] : [];
}

function refusals({ name, file, definition }: Written['machines'][number], settings: Settings): Problem[] {
  const problems: Problem[] = [];
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name)) {
    const remedy = 'call the file by letters, digits, - and _';
    problems.push(wrong(file, 'machine-name', `a machine cannot be called ${name}`, remedy));
  }
  const { unknown } = rawPermissions(definition);
  if (unknown.length > 0 && settings.machineRoles[name] === undefined) {
    const remedy = `name a role: custom.gluewright.machineRoles: {${name}: ARN} in serverless.yml`;
    const message = `what ${unknown.join(', ')} may use cannot be read from the definition`;
    problems.push(wrong(file, 'machine-role', message, remedy));
  }
  return problems;
}

function wrong(file: string, code: string, message: string, remedy: string): Problem {
  return { file, line: 1, column: 1, severity: 'error', code, message, remedy };
}
