import type { Pipeline } from '../pipeline/pipeline.ts';
import { watchedBuckets } from './arrivals.ts';
import { nameInGlue } from './jobs.ts';
import { parallelUse } from './parallel-use.ts';
import type { Project } from './stack.ts';

/** What will be refused on AWS, or may surprise there, and cannot be seen in one file alone. */
export type Doubt = {
  readonly severity: 'error' | 'warning';
  /** What it is about: a pipeline, a job, a bucket. */
  readonly subject: string;
  readonly message: string;
  readonly remedy: string;
};

export function checkProject(project: Project): Doubt[] {
  return [
    ...project.pipelines.flatMap(({ pipeline }) => [...crowdedJobs(pipeline, project), ...longArguments(pipeline)]),
    ...strangeJobs(project),
    ...silentBuckets(project),
  ];
}

/** A job takes `MaxConcurrentRuns` at a time, one by default; what is refused waits in the ledger's queue. */
function crowdedJobs(pipeline: Pipeline, { settings, jobs }: Project): Doubt[] {
  const room = new Map(jobs.map((job) => [nameInGlue(settings.stack, job), job]));
  return parallelUse(pipeline).flatMap(({ job, most, tasks }): Doubt[] => {
    const described = room.get(job);
    const wanted = most * pipeline.runs.max;
    if (described === undefined || wanted <= described.maxConcurrentRuns) return [];
    const of = pipeline.runs.max > 1 ? ` in ${pipeline.runs.max} runs` : '';
    return [
      {
        severity: 'warning',
        subject: pipeline.name,
        message: `${tasks.join(', ')} may want ${wanted} runs of ${described.name} at once${of}, which takes ${described.maxConcurrentRuns}: the others wait`,
        remedy: `give ${described.name} \`maxConcurrentRuns: ${wanted}\` in jobs/jobs.yml, unless they are meant to wait`,
      },
    ];
  });
}

/** Glue documents 260 KB for all arguments of a run together; people report failures from some 180 KB on. */
const argumentBytes = { refused: 260_000, doubtful: 180_000 };

function longArguments(pipeline: Pipeline): Doubt[] {
  return pipeline.tasks.flatMap((task): Doubt[] => {
    const bytes = new TextEncoder().encode(JSON.stringify(task.work.args)).length;
    if (bytes <= argumentBytes.doubtful) return [];
    return [
      {
        severity: bytes > argumentBytes.refused ? 'error' : 'warning',
        subject: pipeline.name,
        message: `the arguments of ${task.name} take ${Math.round(bytes / 1000)} KB, and Glue takes 260 KB`,
        remedy: 'put the list into an object and give the job its address',
      },
    ];
  });
}

function strangeJobs({ settings, pipelines, jobs }: Project): Doubt[] {
  const known = new Set(jobs.map((job) => nameInGlue(settings.stack, job)));
  const named = new Set(pipelines.flatMap(({ pipeline }) => pipeline.tasks.map((task) => task.work.job)));
  return [...named]
    .filter((job) => !known.has(job))
    .sort()
    .map((job) => ({
      severity: 'warning',
      subject: job,
      message: 'the job is not in jobs/jobs.yml: it has to be in the account already, with MaxRetries 0',
      remedy: 'describe it in jobs/jobs.yml, without a script if it is not this project’s',
    }));
}

function silentBuckets({ settings, pipelines }: Project): Doubt[] {
  const made = new Set(Object.values(settings.buckets).flatMap(({ name, create }) => (create ? [name] : [])));
  return [...watchedBuckets(pipelines.map(({ pipeline }) => pipeline)).keys()]
    .filter((bucket) => !made.has(bucket))
    .map((bucket) => ({
      severity: 'warning',
      subject: bucket,
      message: 'the stack does not make this bucket: it has to send its events to EventBridge',
      remedy: `once, run: node infra/enable-bucket-events.ts ${bucket}`,
    }));
}

/** One line and the remedy, as problems of files are printed. */
export function formatDoubt({ severity, subject, message, remedy }: Doubt): string {
  return `${subject}: ${severity}: ${message}\n    ${remedy}`;
}
