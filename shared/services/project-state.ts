import type { Problem } from '../reading/problem.ts';

/** The files of a project on a developer's machine, and what `dev` last did with them. */
export type ProjectState = {
  /** Epoch milliseconds. Absent: nothing was deployed since `dev` was started. */
  readonly deployedAt?: number;
  readonly deployed: readonly string[];
  readonly removed: readonly string[];
  readonly problems: readonly Problem[];
  /** Why the files could not be deployed at all. */
  readonly failure?: string;
};
