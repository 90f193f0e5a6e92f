import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { isJsonObject } from '../shared/json.ts';
import type { Job } from '../shared/pipeline/jobs/jobs-file.ts';
import type { Problem } from '../shared/reading/problem.ts';
import type { Place } from '../shared/reading/source.ts';
import { kindOf, used } from '../shared/tasks/kinds.ts';
import { jobsFileIn, type Written } from './project-files.ts';

/**
 * Arguments that abbreviate an option of their script: `getResolvedOptions` takes `--sou` for `--source` up to Glue 5.1,
 * and refuses it from 6.0 on.
 */
export function checkArguments(root: string, cwd: string, { jobs, jobsPlace, pipelines }: Written): Problem[] {
  const options = new Map(Object.values(jobs).map((job) => [job.name, optionsOf(root, job)]));
  const jobsAt = relative(cwd, join(root, jobsFileIn(root)));
  const ofJobs = Object.values(jobs).flatMap((job) =>
    abbreviations(Object.keys(job.args), [], options.get(job.name)).map((found) =>
      problem(jobsAt, jobsPlace({ path: ['jobs', job.name, 'args', found.short], key: true }), job.name, found),
    ),
  );
  const ofTasks = pipelines.flatMap(({ file, pipeline, place }) =>
    pipeline.tasks.flatMap((task) =>
      used('job', task).flatMap((name) => {
        const values = kindOf(task.work.kind).file.values(task.work);
        const given = isJsonObject(values) ? Object.keys(values) : [];
        const found = abbreviations(given, Object.keys(jobs[name]?.args ?? {}), options.get(name));
        return found.map((each) =>
          problem(file, place({ path: ['tasks', task.name, 'args', each.short], key: true }), task.name, each),
        );
      }),
    ),
  );
  return [...ofJobs, ...ofTasks];
}

type Abbreviation = { readonly short: string; readonly option: string };

function abbreviations(
  given: readonly string[],
  beside: readonly string[],
  options: readonly string[] = [],
): Abbreviation[] {
  const whole = new Set([...given, ...beside]);
  return given.flatMap((short) => {
    if (short === '' || options.includes(short)) return [];
    const option = options.find((one) => one.startsWith(short) && !whole.has(one));
    return option === undefined ? [] : [{ short, option }];
  });
}

/** The names that a script passes to `getResolvedOptions` as a literal list. Empty: it computes the list. */
function optionsOf(root: string, { script }: Job): readonly string[] {
  const file = script === undefined || script.includes('://') ? undefined : resolve(root, script);
  if (file === undefined || !existsSync(file)) return [];
  const lists = readFileSync(file, 'utf8').matchAll(/\bgetResolvedOptions\s*\(\s*[^,()]+,\s*\[([^\]]*)\]/g);
  return [...lists].flatMap(([, list = '']) => [...list.matchAll(/(["'])([^"']+)\1/g)].map(([, , name = '']) => name));
}

function problem(file: string, place: Place, owner: string, { short, option }: Abbreviation): Problem {
  const message = `${owner}: the argument \`${short}\` abbreviates the script’s option \`${option}\`, which Glue 6.0 refuses`;
  return { file, ...place, severity: 'warning', code: 'short-argument', message, remedy: `write \`${option}\`` };
}
