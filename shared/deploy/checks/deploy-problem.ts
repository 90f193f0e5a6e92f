import type { Part } from '../../reading/source.ts';

/** What will be refused on AWS, or may surprise there, and cannot be seen in one file alone. */
export type Doubt = {
  readonly severity: 'error' | 'warning';
  /** Names the reason, for programs. */
  readonly code: string;
  readonly about: Subject;
  /** The part of the subject's file that is meant. Absent: the file as a whole. */
  readonly part?: Part;
  readonly message: string;
  readonly remedy: string;
};

/** Whose file it is: a pipeline's, `jobs/jobs.yml`, or `serverless.yml`. */
export type Subject = { readonly pipeline: string } | 'jobs' | 'settings';
