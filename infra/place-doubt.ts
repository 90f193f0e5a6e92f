import path from 'node:path';
import { jobsFileIn } from '../project/project-files.ts';
import type { Doubt } from '../shared/deploy/checks/deploy-problem.ts';
import type { Problem } from '../shared/reading/problem.ts';
import { type Locate, nowhere } from '../shared/reading/source.ts';
import { locateIn } from './locate-in.ts';

/** A file of the deployment by its name in problems, and the places of its parts. */
export type Placed = { readonly file: string; readonly place: Locate };

/** The files that a deployment is made of. */
export type Files = {
  readonly settings: Placed;
  readonly jobs: Placed;
  /** By the name of the pipeline or the hand-written machine. */
  readonly pipelines: ReadonlyMap<string, Placed>;
};

/** The files of a project with only its settings read. @param cwd file names are relative to it */
export function bareFiles(root: string, cwd: string): Files {
  const settings = path.join(root, 'serverless.yml');
  return {
    settings: { file: path.relative(cwd, settings), place: locateIn(settings) },
    jobs: { file: path.relative(cwd, path.join(root, jobsFileIn(root))), place: nowhere },
    pipelines: new Map(),
  };
}

export function placeDoubt({ about, part, ...doubt }: Doubt, files: Files): Problem {
  const own = typeof about === 'string' ? files[about] : files.pipelines.get(about.pipeline);
  const { file, place } = own ?? files.settings;
  return { file, ...(part === undefined ? nowhere({ path: [] }) : place(part)), ...doubt };
}
