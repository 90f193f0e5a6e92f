import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunnableJobRun } from '../job-runner.ts';
import { containerCommand } from './container-command.ts';
import { findGluePython } from './glue-python.ts';
import { jobCommand, localPath } from './job-command.ts';
import { type Endpoint, type Environment, jobEnvironment } from './job-environment.ts';
import { pythonFolder, startupFolder } from './python-folder.ts';
import { jarsOf, loadedFormats } from './spark-formats.ts';
import { readScript, writeSparkSettings } from './spark-settings.ts';

export type JobPlaces = {
  readonly home: string;
  /** Base of relative script and command paths. */
  readonly root: string;
  /** The folder of the local buckets. */
  readonly buckets: string;
  /** The shell's environment. */
  readonly env: Environment;
  /** The endpoint of the local services. */
  readonly endpoint: () => Endpoint;
};

export type PreparedJob = { readonly command: readonly string[]; readonly env: Readonly<Record<string, string>> };

/**
 * Everything needed to start a job run.
 *
 * @param folder the run's own
 * @returns undefined if there is nothing to run
 */
export function prepareJob(run: RunnableJobRun, folder: string, places: JobPlaces): PreparedJob | undefined {
  const { job } = run;
  const emptyFile = path.join(folder, 'no-aws-config');
  const own = job.local?.env ?? {};
  const { env: shell, buckets } = places;
  const python = modulePaths(run, places);
  const common = jobEnvironment({ shell, own, endpoint: places.endpoint(), emptyFile, buckets, python });
  const named = { GLUEWRIGHT_HOME: places.home, GLUE_VERSION: job.glueVersion ?? '5.1' };
  const env = { ...common, ...named, ...sparkVariables(run, folder, places, common) };
  const command = jobCommand(run, { ...places, env });
  if (command === undefined) return undefined;
  writeFileSync(emptyFile, '');
  const image = job.local?.image;
  if (image === undefined) return { command, env };
  const folders = [places.root, places.home, pythonFolder];
  const inside = Object.fromEntries(Object.entries(env).filter(([name]) => !(name in shell) || name in own));
  return { command: containerCommand(command, { image, name: run.id, folders, cwd: places.root, env: inside }), env };
}

/** The module search path: our packages, and those of the job's `files` or `--extra-py-files`. */
function modulePaths({ job, arguments: args }: RunnableJobRun, { root, buckets }: JobPlaces): readonly string[] {
  const extra = listOf(args['--extra-py-files']);
  const named = [...(job.files ?? []), ...extra.filter((one) => !one.endsWith('.jar'))];
  const files = named.map((one) => path.resolve(root, localPath(one, buckets)));
  // A module is found through its folder. Archives and packages are search path entries themselves.
  const places = files.map((file) => (file.endsWith('.py') ? path.dirname(file) : file));
  return [...(job.type === 'glueetl' ? [startupFolder] : []), pythonFolder, ...new Set(places)];
}

function sparkVariables(
  { job, arguments: args }: RunnableJobRun,
  folder: string,
  { home, root, buckets }: JobPlaces,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  if (job.type !== 'glueetl') return {};
  const script = job.script === undefined ? '' : readScript(path.resolve(root, job.script));
  const texts = [script, ...Object.values(args)];
  const python = job.local?.image === undefined ? findGluePython(job.glueVersion, env) : undefined;
  const formats = loadedFormats(python, args['--datalake-formats']);
  const extra = listOf(args['--extra-jars']).map((one) => path.resolve(root, localPath(one, buckets)));
  const jars = [...extra, ...(python === undefined ? [] : jarsOf(python, formats))];
  const places = { folder: path.join(folder, 'spark'), buckets, warehouse: path.join(home, 'warehouse') };
  const variables = writeSparkSettings({ ...places, texts, jars, python, conf: args['--conf'] });
  return { ...variables, GLUEWRIGHT_FORMATS: formats.join(',') };
}

function listOf(text = ''): readonly string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
