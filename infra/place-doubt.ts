import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Doubt } from '../shared/deploy/checks/deploy-problem.ts';
import { findWords } from '../shared/reading/find-words.ts';
import type { Problem } from '../shared/reading/problem.ts';

/** The files that a deployment is made of, as problems call them. `root` and `cwd` are absolute. */
export type Files = {
  readonly root: string;
  /** What the names of files are relative to. */
  readonly cwd: string;
  /** By the name of the pipeline, or of the machine written by hand. */
  readonly pipelines: ReadonlyMap<string, string>;
};

export function placeDoubt({ about, words, ...doubt }: Doubt, { root, cwd, pipelines }: Files): Problem {
  const own = about === 'jobs' ? 'jobs/jobs.yml' : 'serverless.yml';
  const fallback = path.relative(cwd, path.join(root, own));
  const file = typeof about === 'string' ? fallback : (pipelines.get(about.pipeline) ?? fallback);
  const absolute = path.resolve(cwd, file);
  const text = existsSync(absolute) ? readFileSync(absolute, 'utf8') : '';
  return { file, ...findWords(text, words), ...doubt };
}
