import { present } from '../../json.ts';
import type { Part } from '../../reading/source.ts';
import { jobName, nameInGlue } from '../resources/jobs.ts';
import { machineName } from '../resources/machine-resources.ts';
import type { Project } from '../stack.ts';
import type { Digest } from '../template/names.ts';
import type { Doubt, Subject } from './deploy-problem.ts';

/** Glue's limit for the name of a job. */
const jobNameLimit = 255;

type Named = { readonly name: string; readonly of: string; readonly about: Subject; readonly part?: Part };

/** Names on AWS, shortened where necessary: finds equal names of one kind, and names that are too long. */
export function checkNames(project: Project, digest: Digest): Doubt[] {
  return [
    ...alike('state machine', machines(project, digest)),
    ...alike('Glue job', glueJobs(project)),
    ...longJobNames(project),
  ];
}

function machines({ settings, pipelines, raw }: Project, digest: Digest): Named[] {
  const named = (name: string, of: string, about: Subject): Named => ({
    name: machineName(settings.stack, name, digest),
    of,
    about,
  });
  return [
    ...pipelines.flatMap(({ pipeline, compiled }) =>
      compiled.machines.map(({ name }) => {
        const of = name === pipeline.name ? `pipeline ${name}` : `part ${name} of pipeline ${pipeline.name}`;
        return named(name, of, { pipeline: pipeline.name });
      }),
    ),
    ...raw.map(({ name }) => named(name, `machine ${name}`, { pipeline: name })),
  ];
}

function glueJobs({ settings, jobs }: Project): Named[] {
  return jobs.map((job) => ({
    name: nameInGlue(settings.stack, job),
    of: `job ${job.name}`,
    about: 'jobs',
    part: { path: ['jobs', job.name], key: true },
  }));
}

function alike(kind: string, all: readonly Named[]): Doubt[] {
  const first = new Map<string, Named>();
  return all.flatMap((one): Doubt[] => {
    const other = first.get(one.name);
    first.set(one.name, other ?? one);
    if (other === undefined) return [];
    return [
      {
        severity: 'error',
        code: 'same-name',
        about: one.about,
        ...present({ part: one.part }),
        message: `${other.of} and ${one.of} would both be the ${kind} ${one.name}`,
        remedy: 'give one of them another name',
      },
    ];
  });
}

function longJobNames({ settings, jobs }: Project): Doubt[] {
  return jobs.flatMap(({ name, script }): Doubt[] => {
    const length = jobName(settings.stack, name).length;
    if (script === undefined || length <= jobNameLimit) return [];
    return [
      {
        severity: 'error',
        code: 'long-name',
        about: 'jobs',
        part: { path: ['jobs', name], key: true },
        message: `behind ${settings.stack}- the job’s name has ${length} characters, and Glue takes ${jobNameLimit}`,
        remedy: 'shorten it',
      },
    ];
  });
}
