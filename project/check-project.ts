import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { findCircles } from '../shared/pipeline/find-circles.ts';
import { findUnequalIntervals } from '../shared/pipeline/find-unequal-intervals.ts';
import { findWords } from '../shared/pipeline/find-words.ts';
import type { Job } from '../shared/pipeline/jobs-file.ts';
import type { Problem } from '../shared/pipeline/problem.ts';
import { jobsFile, type Project, type ProjectPipeline } from './project-files.ts';

/** What no file shows by itself: names that two have, jobs that are nowhere, scripts that are not there. */
export function checkProject(root: string, cwd: string, project: Omit<Project, 'problems'>): Problem[] {
  const file = relative(cwd, join(root, jobsFile));
  const together = [...sameNames(project), ...circles(project), ...unequalIntervals(cwd, project)];
  if (!existsSync(join(root, jobsFile))) return together;
  return [
    ...together,
    ...project.pipelines.flatMap((pipeline) => unknownJobs(cwd, pipeline, project.jobs, file)),
    ...Object.values(project.jobs).flatMap((job) => missingScript(root, job, file)),
  ];
}

function sameNames({ pipelines, machines }: Omit<Project, 'problems'>): Problem[] {
  const files = new Map<string, string>();
  const named = [
    ...pipelines.map(({ file, pipeline }) => ({ file, name: pipeline.name })),
    ...machines.map(({ file, name }) => ({ file, name })),
  ];
  return named.flatMap(({ file, name }): Problem[] => {
    const first = files.get(name);
    files.set(name, first ?? file);
    if (first === undefined) return [];
    const message = `there is a pipeline ${name} already, in ${first}`;
    const remedy = 'give one of them another name';
    return [{ file, line: 1, column: 1, severity: 'error', code: 'duplicate-pipeline', message, remedy }];
  });
}

/** Pipelines that start each other. */
function circles({ pipelines }: Omit<Project, 'problems'>): Problem[] {
  const files = new Map(pipelines.map(({ file, pipeline }) => [pipeline.name, file]));
  return findCircles(pipelines.map(({ pipeline }) => pipeline)).map(({ pipeline, steps, certain }): Problem => {
    const way = steps.map(({ to, by }) => `by ${by} ${to}`).join(', and that ');
    return {
      file: files.get(pipeline) ?? '',
      line: 1,
      column: 1,
      severity: certain ? 'error' : 'warning',
      code: 'circle',
      message: `${pipeline} ${certain ? 'starts itself' : 'may start itself'}, for ever: it starts ${way}`,
      remedy: certain ? 'remove one of the triggers' : 'write where no trigger looks, or narrow the trigger’s key',
    };
  });
}

/** Triggers that wait for what never comes together. Somebody may start a run for any interval by hand. */
function unequalIntervals(cwd: string, { pipelines }: Omit<Project, 'problems'>): Problem[] {
  return findUnequalIntervals(pipelines.map(({ pipeline }) => pipeline)).flatMap(({ pipeline, trigger, by }) => {
    const file = pipelines.find((each) => each.pipeline.name === pipeline)?.file;
    if (file === undefined) return [];
    const each = by.map(({ dataset, intervals }) => `${dataset} for ${intervals.join(' or ')}`).join(', ');
    return [
      {
        file,
        ...findWords(readFileSync(resolve(cwd, file), 'utf8'), [`${trigger}:`]),
        severity: 'warning' as const,
        code: 'unequal-intervals',
        message: `${trigger} waits for datasets that are not published for the same intervals: ${each}`,
        remedy: 'give the triggers of the pipelines that publish them the same `interval` and `timezone`',
      },
    ];
  });
}

/** A job may exist in the account already; at home there is no way to run it. */
function unknownJobs(
  cwd: string,
  { file, pipeline }: ProjectPipeline,
  jobs: Project['jobs'],
  jobsAt: string,
): Problem[] {
  const text = readFileSync(resolve(cwd, file), 'utf8');
  return pipeline.tasks.flatMap(({ name, work }): Problem[] => {
    if (Object.hasOwn(jobs, work.job)) return [];
    const message = `${name}: there is no job ${work.job} in ${jobsAt}`;
    const remedy = 'describe it there; otherwise it has to exist in the account, and is not run at home';
    return [
      { file, ...findWords(text, ['glue-job', work.job]), severity: 'warning', code: 'unknown-job', message, remedy },
    ];
  });
}

function missingScript(root: string, { name, script }: Job, file: string): Problem[] {
  if (script === undefined || script.includes('://') || existsSync(resolve(root, script))) return [];
  const place = findWords(readFileSync(join(root, jobsFile), 'utf8'), [script]);
  const message = `${name}: there is no file ${script}`;
  const remedy = 'scripts are named from the root of the project';
  return [{ file, ...place, severity: 'warning', code: 'no-script', message, remedy }];
}
