import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { jobsFileIn } from '../../project/project-files.ts';

/** The sample pipeline of a new project, and its data. */
export const sample = { pipeline: 'orders', day: '2026-01-15' } as const;

/** Folders that belong together: half a sample would not run. */
const folders = ['data/', 'jobs/', 'statemachines/', 'tests/'];

export function isOfSample(file: string): boolean {
  return folders.some((folder) => file.startsWith(folder));
}

/** Whether a project already has pipelines or jobs, so that a sample would be in the way. */
export function hasOwnPipelines(root: string): boolean {
  return existsSync(join(root, 'statemachines')) || existsSync(join(root, jobsFileIn(root)));
}

/** Puts the sample's data where its trigger looks: locally, a bucket is a folder. */
export function placeSampleData(root: string, home: string): void {
  const object = join(home, 's3', 'landing', sample.pipeline, `${sample.day}.csv`);
  mkdirSync(dirname(object), { recursive: true });
  cpSync(join(root, 'data', `${sample.day}.csv`), object);
}
