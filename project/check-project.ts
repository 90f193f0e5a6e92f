import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { findCircles } from '../shared/pipeline/checks/find-circles.ts';
import type { Job } from '../shared/pipeline/jobs/jobs-file.ts';
import type { Problem } from '../shared/reading/problem.ts';
import { type Locate, nowhere } from '../shared/reading/source.ts';
import { checkArguments } from './check-arguments.ts';
import { checkNested } from './check-nested.ts';
import { checkPatterns } from './check-patterns.ts';
import { checkPools } from './check-pools.ts';
import { checkThings } from './check-things.ts';
import { checkWaiting } from './check-waiting.ts';
import { jobsFileIn, jobsFiles, type Written } from './project-files.ts';

/** Problems that only several files together show: duplicate names, missing jobs, missing scripts. */
export function checkProject(root: string, cwd: string, written: Written): Problem[] {
  const file = relative(cwd, join(root, jobsFileIn(root)));
  return [
    ...sameNames(written),
    ...circles(written),
    ...checkWaiting(cwd, written),
    ...checkPatterns(written),
    ...secondJobsFile(root, cwd),
    ...checkThings(written, file),
    ...checkPools(written, file),
    ...checkNested(written),
    ...Object.values(written.jobs).flatMap((job) => missingScript(root, job, written.jobsPlace, file)),
    ...checkArguments(root, cwd, written),
  ];
}

function sameNames({ pipelines, sketches, machines }: Written): Problem[] {
  const files = new Map<string, string>();
  const named = [
    ...[...pipelines, ...sketches].map(({ file, pipeline, place }) => ({ file, name: pipeline.name, place })),
    ...machines.map(({ file, name }) => ({ file, name, place: nowhere })),
  ];
  return named.flatMap(({ file, name, place }): Problem[] => {
    if (name === '') return [];
    const first = files.get(name);
    files.set(name, first ?? file);
    if (first === undefined) return [];
    const message = `there is a pipeline ${name} already, in ${first}`;
    const remedy = 'give one of them another name';
    return [{ file, ...place({ path: ['pipeline'] }), severity: 'error', code: 'duplicate-pipeline', message, remedy }];
  });
}

/** Pipelines that start each other in a cycle, as far as their files could be read. */
function circles({ pipelines, sketches }: Written): Problem[] {
  // a problem of a file with other errors must not hide that of a correct file
  const all = [...sketches, ...pipelines].filter(({ pipeline }) => pipeline.name !== '');
  const files = new Map(all.map(({ file, pipeline }) => [pipeline.name, file]));
  const unsure = new Set(sketches.map(({ pipeline }) => pipeline.name));
  const found = findCircles(all.map(({ pipeline }) => pipeline));
  const told = found.filter(({ certain, steps }) => certain || !steps.some(({ to }) => unsure.has(to)));
  return told.map(({ pipeline, steps, certain }): Problem => {
    const way = steps.map(({ to, by }, at) => `${steps[at - 1]?.to ?? pipeline} starts ${to} by ${by}`).join(', ');
    return {
      file: files.get(pipeline) ?? '',
      line: 1,
      column: 1,
      severity: certain ? 'error' : 'warning',
      code: 'circle',
      message: `${pipeline} ${certain ? 'starts' : 'may start'} itself in an endless cycle: ${way}`,
      remedy: certain
        ? 'remove one of the triggers or tasks'
        : 'write where no trigger looks, or narrow the trigger’s key',
    };
  });
}

/** Two files with jobs: only one of them is read. */
function secondJobsFile(root: string, cwd: string): Problem[] {
  const [first, ignored] = jobsFiles;
  if (![first, ignored].every((file) => existsSync(join(root, file)))) return [];
  const message = `${ignored} is not read, because ${first} is there, too`;
  const remedy = 'put all jobs into one of the two files';
  const file = relative(cwd, join(root, ignored));
  return [{ file, line: 1, column: 1, severity: 'error', code: 'two-jobs-files', message, remedy }];
}

function missingScript(root: string, { name, script, files = [] }: Job, place: Locate, file: string): Problem[] {
  const own = script === undefined || script.includes('://') ? [] : [[script, ['script']] as const];
  const named = [...own, ...files.map((one, at) => [one, ['files', at]] as const)];
  return named.flatMap(([one, path]): Problem[] => {
    if (existsSync(resolve(root, one))) return [];
    const message = `${name}: there is no file ${one}`;
    const remedy = 'create it, or correct the path, which begins at the root of the project';
    return [
      {
        file,
        ...place({ path: ['jobs', name, ...path] }),
        severity: 'warning',
        code: 'no-script',
        message,
        remedy,
      },
    ];
  });
}
