import type * as z from 'zod/mini';
import { type JsonObject, present } from '../../json.ts';
import { listOf } from '../../reading/fields.ts';
import type { Path, Report } from '../../reading/finding.ts';
import { checkArgument, checkTimeout } from '../../tasks/glue-job/job-checks.ts';
import { readDuration } from '../../units/duration.ts';
import { commandWords } from '../file/work-advice.ts';
import type { job as jobSchema, LocalFields } from './jobs-schema.ts';

/** A Glue job. Absent: Glue's own default. */
export type Job = {
  readonly name: string;
  /** Relative to the project's root. Absent: the job exists in the account already. */
  readonly script?: string;
  readonly type: 'pythonshell' | 'glueetl';
  readonly glueVersion?: string;
  readonly workers?: { readonly type: string; readonly count: number };
  /** DPUs, for Python shell jobs. */
  readonly maxCapacity?: number;
  /** Default arguments, without the leading `--`. */
  readonly args: Readonly<Record<string, string>>;
  readonly maxConcurrentRuns: number;
  readonly timeoutMinutes?: number;
  /** Names of connections. The job runs in their network. */
  readonly connections?: readonly string[];
  /** ARN. Absent: the role that all jobs of the stack share. */
  readonly role?: string;
  readonly securityConfiguration?: string;
  readonly executionClass?: 'STANDARD' | 'FLEX';
  /** Whether Glue itself queues runs when it lacks capacity. */
  readonly queuing?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  /** Modules, wheels and jars of the project, relative to its root, that the job gets in addition to its script. */
  readonly files?: readonly string[];
  /** Merged into the `AWS::Glue::Job` unchanged, for properties without a key of their own. */
  readonly properties?: JsonObject;
  /** How it runs locally. */
  readonly local?: LocalJob;
};

export type LocalJob = {
  readonly env?: Readonly<Record<string, string>>;
  /** The command to which the script and its arguments are appended. */
  readonly command?: readonly string[];
  /** The container image in which the command runs. */
  readonly image?: string;
  /** Replaces arguments that are `s3://` addresses by paths below the local buckets' folder. */
  readonly paths?: boolean;
};

type JobFields = z.output<typeof jobSchema>;

/** @param mistyped the job's type is unknown, so fields that depend on it are not checked */
export function checkJob(job: JobFields, mistyped: boolean, report: Report): void {
  const refuse = (key: string, message: string, remedy: string) =>
    report({ path: [key], key: true, code: 'job', message, remedy });
  if (job.script?.includes('://') === true) {
    report({
      path: ['script'],
      code: 'script-elsewhere',
      message: `the script ${job.script} is not a file of the project`,
      remedy: 'put it into jobs/, or leave `script` out for a job that already exists in the account',
    });
  }
  for (const name of ['extra-py-files', 'extra-files', 'extra-jars']) {
    const value = job.args?.[name];
    if (value === undefined || /^$|:\/\//.test(value)) continue;
    report({
      path: ['args', name],
      severity: 'warning',
      code: 'file-argument',
      message: `\`${name}\` names a file of the project, which is not uploaded`,
      remedy: `write \`files: ${value}\` beside \`script\`, or an s3:// address here`,
    });
  }
  if (job.script !== undefined && job.type === undefined && !mistyped) {
    report({
      path: ['type'],
      code: 'job',
      message: 'the job has a script but no `type`',
      remedy: 'add `type: pythonshell` or `type: glueetl`',
    });
  }
  if (job.type === 'pythonshell' && job.workers !== undefined) {
    refuse('workers', 'a Python shell job has no workers', 'write `maxCapacity: 0.0625`, or 1');
  }
  if (job.type === 'pythonshell' && job.maxCapacity !== undefined && ![0.0625, 1].includes(job.maxCapacity)) {
    refuse('maxCapacity', `a Python shell job cannot have ${job.maxCapacity} DPUs`, 'write 0.0625 or 1');
  }
  if (job.type !== 'pythonshell' && !mistyped && job.maxCapacity !== undefined) {
    refuse('maxCapacity', '`maxCapacity` is for Python shell jobs', 'write `workers: { type: G.1X, count: 2 }`');
  }
  const { role, connections, files, properties } = job;
  if (job.script === undefined && (role ?? connections ?? files ?? properties) !== undefined) {
    const key = ['role', 'connections', 'files', 'properties'].find((name) => Object.hasOwn(job, name)) ?? 'role';
    refuse(key, `\`${key}\` has no effect on a job without a script`, 'set it on the job in the account');
  }
  if (job.executionClass === 'FLEX' && job.type === 'pythonshell') {
    refuse('executionClass', 'a Python shell job cannot run as FLEX', 'leave it out');
  }
  for (const key of protectedProperties.filter((name) => Object.hasOwn(properties ?? {}, name))) {
    const message = `\`${key}\` is set by Gluewright, which depends on its value`;
    report({ path: ['properties', key], key: true, code: 'job', message, remedy: 'leave it out' });
  }
  checkCommand(job.local, ['local'], report);
  for (const argument of Object.keys(job.args ?? {})) checkArgument(argument, report);
  checkTimeout(job.timeout === undefined ? undefined : readDuration(job.timeout), report);
}

/** One text is one word of the command: a program's name with blanks in it. */
export function checkCommand(local: LocalFields | undefined, path: Path, report: Report): void {
  const { command } = local ?? {};
  if (typeof command !== 'string' || !/\S\s+\S/.test(command)) return;
  const message = `\`command\` is one text, so \`${command}\` would be the name of one program`;
  report({ path: [...path, 'command'], code: 'local-command', message, remedy: commandWords(command) });
}

/** A retry by Glue would start a second run, and runs are started, queried and stopped by their names. */
const protectedProperties = ['Name', 'MaxRetries', 'Command'];

/** @param common the file's own `local`, for all jobs */
export function toJob(name: string, fields: JobFields, common: LocalFields): Job {
  const { script, type = 'glueetl', glueVersion, workers, maxCapacity, timeout } = fields;
  const local = toLocal(common, fields.local ?? {});
  const seconds = timeout === undefined ? undefined : readDuration(timeout);
  return {
    name,
    type,
    args: fields.args ?? {},
    maxConcurrentRuns: fields.maxConcurrentRuns ?? 1,
    ...present({ script, glueVersion, workers, maxCapacity }),
    ...(seconds === undefined ? {} : { timeoutMinutes: Math.ceil(seconds / 60) }),
    ...onAws(fields),
    ...(Object.keys(local).length === 0 ? {} : { local }),
  };
}

function toLocal(common: LocalFields, own: LocalFields): LocalJob {
  const env = { ...common.env, ...own.env };
  const command = own.command ?? common.command;
  const image = own.image ?? common.image;
  const paths = own.paths ?? common.paths;
  return {
    ...(Object.keys(env).length === 0 ? {} : { env }),
    ...(command === undefined ? {} : { command: listOf(command) }),
    ...present({ image, paths }),
  };
}

function onAws(fields: JobFields): Partial<Job> {
  const { connections, role, securityConfiguration, executionClass, queuing, tags, files, properties } = fields;
  return {
    ...(connections === undefined ? {} : { connections: listOf(connections) }),
    ...(files === undefined ? {} : { files: listOf(files) }),
    ...present({ role, securityConfiguration, executionClass, queuing, tags, properties }),
  };
}
