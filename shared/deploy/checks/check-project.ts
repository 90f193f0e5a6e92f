import type { Pipeline } from '../../model/pipeline.ts';
import { kindOf, things } from '../../tasks/kinds.ts';
import { namesUsed } from '../../triggers/kinds/kinds.ts';
import { reachOf } from '../functions/function-scopes.ts';
import { watchedBuckets } from '../resources/arrivals.ts';
import type { Project } from '../stack.ts';
import type { Digest } from '../template/names.ts';
import { checkAddresses } from './check-addresses.ts';
import { unknownChannels } from './check-channels.ts';
import { crowdedJobs, retriedJobs, sharedJobs } from './check-jobs.ts';
import { checkNames } from './check-names.ts';
import { unknownPools } from './check-pools.ts';
import type { Doubt } from './deploy-problem.ts';

/** Everything that AWS would refuse or that may surprise there, as far as it can be known without an account. */
export function checkProject(project: Project, digest: Digest): Doubt[] {
  return [
    ...project.pipelines.flatMap(({ pipeline }) => [...crowdedJobs(pipeline, project), ...longArguments(pipeline)]),
    ...retriedJobs(project),
    ...sharedJobs(project),
    ...checkNames(project, digest),
    ...checkAddresses(project),
    ...unknownChannels(project),
    ...unknownPools(project),
    ...silentBuckets(project),
    ...wideRoles(project, digest),
  ];
}

/** Glue documents 260 KB for all arguments of a run together; people report failures from some 180 KB on. */
const argumentBytes = { refused: 260_000, doubtful: 180_000 };

function longArguments(pipeline: Pipeline): Doubt[] {
  return pipeline.tasks.flatMap((task): Doubt[] => {
    const bytes = new TextEncoder().encode(JSON.stringify(kindOf(task.work.kind).file.values(task.work))).length;
    if (bytes <= argumentBytes.doubtful) return [];
    return [
      {
        severity: bytes > argumentBytes.refused ? 'error' : 'warning',
        code: 'long-arguments',
        about: { pipeline: pipeline.name },
        part: { path: ['tasks', task.name], key: true },
        message: `the arguments of ${task.name} take ${Math.round(bytes / 1000)} KB, and Glue takes 260 KB`,
        remedy: 'put the list into an object and give the job its address',
      },
    ];
  });
}

function silentBuckets({ settings, pipelines }: Project): Doubt[] {
  const made = new Set(Object.values(settings.buckets).flatMap(({ name, create }) => (create ? [name] : [])));
  return [...watchedBuckets(pipelines.map(({ pipeline }) => pipeline)).keys()]
    .filter((bucket) => !made.has(bucket))
    .flatMap((bucket): Doubt[] => {
      const [watching] = pipelines.flatMap(({ pipeline: { name, triggers } }) =>
        Object.entries(triggers).flatMap(([trigger, each]) =>
          namesUsed([each], 'bucket').includes(bucket) ? [{ name, path: ['triggers', trigger, each.kind] }] : [],
        ),
      );
      if (watching === undefined) return [];
      return [
        {
          severity: 'warning',
          code: 'silent-bucket',
          about: { pipeline: watching.name },
          part: { path: [...watching.path, 'bucket'] },
          message: `the stack does not create the bucket ${bucket}, which must send its events to EventBridge`,
          remedy: `once, run: node infra/enable-bucket-events.ts ${bucket}`,
        },
      ];
    });
}

function wideRoles({ settings, pipelines }: Project, digest: Digest): Doubt[] {
  const { machines, watchedJobs, things: reaches } = reachOf(settings.stack, pipelines, digest);
  const named = Object.entries(things).flatMap(([what, thing]) => {
    const reached = reaches.get(`named ${what}`);
    // fewer pipelines would not make that one narrower
    return reached === undefined || reached.reason === thing.reason ? [] : [reached];
  });
  const reasons = new Set([machines, ...named, watchedJobs].flatMap(({ reason }) => reason ?? []));
  return [...reasons].map((reason) => ({
    severity: 'warning',
    code: 'wide-role',
    about: 'settings',
    message: `${reason}: the functions’ roles allow more than these`,
    remedy: 'deploy the pipelines in more than one service, or let it be: docs/deploy.md says what the roles allow',
  }));
}
