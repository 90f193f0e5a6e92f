import type { Problem } from '../reading/problem.ts';

/** A project's files on a developer's machine, and how `dev` last deployed them. */
export type ProjectState = {
  /** Epoch milliseconds. Absent: nothing was deployed since `dev` started. */
  readonly deployedAt?: number;
  readonly deployed: readonly string[];
  readonly removed: readonly string[];
  readonly problems: readonly Problem[];
  /** Why the files could not be deployed at all. */
  readonly failure?: string;
};
