import { paths } from './paths.ts';

/** Runs that a list shows before it loads older ones: more than fit on a screen. */
const pageSize = 60;
/** Rows of the grid in one request: a few more than it shows. */
export const rowsAtOnce = 32;

const statuses: Readonly<Record<string, readonly string[]>> = {
  failed: ['FAILED', 'TIMED_OUT', 'ABORTED'],
  live: ['PENDING', 'QUEUED', 'RUNNING'],
};

/** @param only `failed` or `live`: runs of these statuses. Otherwise all runs */
export function newestRuns(pipeline: string, only: string, until?: string): string {
  return paths.runs({ pipeline, status: statuses[only], until, limit: pageSize });
}

export function olderRuns(pipeline: string, only: string, cursor: string): string {
  return paths.runs({ pipeline, status: statuses[only], limit: pageSize, cursor });
}

/** The newest runs, or those around one of any age, with the states of the first rows. */
export function firstGrid(pipeline: string, only: string, at: string | undefined): string {
  return paths.grid(pipeline, { status: statuses[only], at, limit: pageSize, rows: rowsAtOnce });
}
