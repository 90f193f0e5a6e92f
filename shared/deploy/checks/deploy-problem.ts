import type { Part } from '../../reading/source.ts';

/** Something that AWS will refuse, or that may surprise there, and that no single file shows. */
export type Doubt = {
  readonly severity: 'error' | 'warning';
  /** Identifies the reason for programs. */
  readonly code: string;
  readonly about: Subject;
  /** The part of the file that is meant. Absent: the whole file. */
  readonly part?: Part;
  readonly message: string;
  readonly remedy: string;
};

/** The file that it is about: a pipeline's, `jobs/jobs.yml`, or `serverless.yml`. */
export type Subject = { readonly pipeline: string } | 'jobs' | 'settings';
