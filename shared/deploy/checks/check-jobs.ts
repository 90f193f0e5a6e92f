import type { Pipeline } from '../../model/pipeline.ts';
import { glueJob } from '../../tasks/glue-job/glue-job.ts';
import { kindOf, used } from '../../tasks/kinds.ts';
import { namesUsed } from '../../triggers/kinds/kinds.ts';
import { nameInGlue } from '../resources/jobs.ts';
import type { Project } from '../stack.ts';
import type { Doubt } from './deploy-problem.ts';
import { parallelUse } from './parallel-use.ts';

/**
 * Jobs that may be wanted more often at once than their `MaxConcurrentRuns` allow. Refused runs wait in the ledger's
 * queue.
 */
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
 * Jobs that exist in the account already. Jobs of the stack have `MaxRetries` 0. If Glue retries a job by itself, a
 * second run starts behind our back, and we cannot see that setting from here.
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
      remedy: `look: aws glue get-job --job-name ${first} --query Job.MaxRetries; attempts belong in the task’s \`retry\``,
    },
  ];
}

/**
 * Jobs of the account that two stages may share. The stamp in a run's arguments tells which stage owns it. Without
 * it, and for triggers on the job's end, each stage takes the other's runs for its own.
 */
export function sharedJobs(project: Project): Doubt[] {
  const existing = new Set(existingJobs(project));
  return project.pipelines.flatMap(({ pipeline }): Doubt[] => {
    const about = { pipeline: pipeline.name };
    const bare = pipeline.tasks.flatMap((task) => {
      const { runs } = kindOf(task.work.kind);
      if (runs.by !== 'service' || runs.isMarked(task.work)) return [];
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

/** Jobs that tasks run and that the stack does not make. */
function existingJobs({ settings, pipelines, jobs }: Project): string[] {
  const made = new Set(jobs.flatMap((job) => (job.script === undefined ? [] : [nameInGlue(settings.stack, job)])));
  const run = pipelines.flatMap(({ pipeline }) => pipeline.tasks.flatMap((task) => used('job', task)));
  return [...new Set(run)].filter((job) => !made.has(job)).sort();
}
