/** What will be refused on AWS, or may surprise there, and cannot be seen in one file alone. */
export type Doubt = {
  readonly severity: 'error' | 'warning';
  /** Names the reason, for programs. */
  readonly code: string;
  readonly about: Subject;
  /** What stands, all of it, in the line of the subject's file that the doubt is about. None: the file as a whole. */
  readonly words: readonly string[];
  readonly message: string;
  readonly remedy: string;
};

/** Whose file it is: a pipeline's, `jobs/jobs.yml`, or `serverless.yml`. */
export type Subject = { readonly pipeline: string } | 'jobs' | 'settings';
