import type { Pipeline } from '../../model/pipeline.ts';
import { glueJob } from '../../tasks/glue-job.ts';
import { kindOf, used } from '../../tasks/kinds.ts';
import { namesUsed } from '../../triggers/kinds/kinds.ts';
import { nameInGlue } from '../resources/jobs.ts';
import type { Project } from '../stack.ts';
import type { Doubt } from './deploy-problem.ts';
import { parallelUse } from './parallel-use.ts';

/** A job takes `MaxConcurrentRuns` at a time, one by default; what is refused waits in the ledger's queue. */
export function crowdedJobs(pipeline: Pipeline, { settings, jobs }: Project): Doubt[] {
  const room = new Map(jobs.map((job) => [nameInGlue(settings.stack, job), job]));
  return parallelUse(pipeline).flatMap(({ job, most, tasks }): Doubt[] => {
    const described = room.get(job);
    const wanted = most * pipeline.runs.max;
    if (described === undefined || wanted <= described.maxConcurrentRuns) return [];
    const of = pipeline.runs.max > 1 ? ` in ${pipeline.runs.max} runs` : '';
    return [
      {
        severity: 'warning',
        code: 'crowded-job',
        about: { pipeline: pipeline.name },
        part: { path: ['tasks', tasks[0] ?? '', glueJob.kind] },
        message: `${tasks.join(', ')} may want ${wanted} runs of ${described.name} at once${of}, which takes ${described.maxConcurrentRuns}: the others wait`,
        remedy: `give ${described.name} \`maxConcurrentRuns: ${wanted}\` in jobs/jobs.yml, unless they are meant to wait`,
      },
    ];
  });
}

/**
 * Jobs that the stack makes have `MaxRetries` 0, and nobody can write anything else. Of those that are in the account
 * already nothing is known here: one that Glue retries by itself runs a second time behind our back.
 */
export function retriedJobs(project: Project): Doubt[] {
  const named = existingJobs(project);
  if (named.length === 0) return [];
  const [first] = named;
  return [
    {
      severity: 'warning',
      code: 'existing-job',
      about: 'jobs',
      part: { path: ['jobs', String(first)], key: true },
      message: `${named.join(', ')}: in the account already, where MaxRetries has to be 0, which cannot be seen from here`,
      remedy: `look: aws glue get-job --job-name ${first} --query Job.MaxRetries; attempts belong into the task’s \`retry\``,
    },
  ];
}

/**
 * Two stages may share a job that exists already. The stamp in its arguments tells whose a run is: without it, and where
 * the end of any of its runs is a trigger, each stage takes the other's for its own.
 */
export function sharedJobs(project: Project): Doubt[] {
  const existing = new Set(existingJobs(project));
  return project.pipelines.flatMap(({ pipeline }): Doubt[] => {
    const about = { pipeline: pipeline.name };
    const bare = pipeline.tasks.flatMap((task) => {
      if (kindOf(task.work.kind).runs.isMarked(task.work)) return [];
      return used('job', task).flatMap((job) => (existing.has(job) ? [{ name: task.name, job }] : []));
    });
    const heard = Object.entries(pipeline.triggers).flatMap(([trigger, each]) =>
      namesUsed([each], glueJob.kind).flatMap((job) => (existing.has(job) ? [{ trigger, job }] : [])),
    );
    return [
      ...bare.map(
        ({ name, job }): Doubt => ({
          severity: 'warning',
          code: 'unstamped-job',
          about,
          part: { path: ['tasks', name, glueJob.kind] },
          message: `${name} starts ${job} without our arguments: another stage that runs the job with the same ones cannot be told apart`,
          remedy: 'leave out `inject: false`, give each stage a job of its own, or an argument that differs by stage',
        }),
      ),
      ...heard.map(
        ({ trigger, job }): Doubt => ({
          severity: 'warning',
          code: 'heard-job',
          about,
          part: { path: ['triggers', trigger, glueJob.kind, 'name'] },
          message: `a run of ${job} starts the pipeline, and pipelines of this project run that job: another stage’s runs of it start this one`,
          remedy:
            'give the job a script in jobs/jobs.yml, so that each stage has its own, or wait for the pipeline instead',
        }),
      ),
    ];
  });
}

/** Those that tasks run and that the stack does not make. */
function existingJobs({ settings, pipelines, jobs }: Project): string[] {
  const made = new Set(jobs.flatMap((job) => (job.script === undefined ? [] : [nameInGlue(settings.stack, job)])));
  const run = pipelines.flatMap(({ pipeline }) => pipeline.tasks.flatMap((task) => used('job', task)));
  return [...new Set(run)].filter((job) => !made.has(job)).sort();
}
