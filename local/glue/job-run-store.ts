import type { DatabaseSync } from 'node:sqlite';
import type { JobRun } from './job-run.ts';
import { hasEnded } from './job-run.ts';

export type JobRunPage = { readonly runs: readonly JobRun[]; readonly next?: number };

export interface JobRunStore {
  insert(run: JobRun): void;
  update(run: JobRun): void;
  get(id: string): JobRun | undefined;
  /** Newest first. `before` is the `next` of the previous page. */
  page(job: string, limit: number, before?: number): JobRunPage;
  /** Oldest first. */
  open(): readonly JobRun[];
  countByJob(): ReadonlyMap<string, number>;
}

export function openJobRunStore(database: DatabaseSync): JobRunStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS glue_job_runs (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, job TEXT NOT NULL, open INTEGER NOT NULL, run TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS glue_job_runs_by_job ON glue_job_runs (job, seq);
    CREATE INDEX IF NOT EXISTS glue_job_runs_open ON glue_job_runs (seq) WHERE open = 1;
  `);
  const insert = database.prepare('INSERT INTO glue_job_runs (id, job, open, run) VALUES (?, ?, ?, ?)');
  const update = database.prepare('UPDATE glue_job_runs SET open = ?, run = ? WHERE id = ?');
  const one = database.prepare('SELECT run FROM glue_job_runs WHERE id = ?');
  const page = database.prepare(
    'SELECT seq, run FROM glue_job_runs WHERE job = ? AND seq < ? ORDER BY seq DESC LIMIT ?',
  );
  const open = database.prepare('SELECT run FROM glue_job_runs WHERE open = 1 ORDER BY seq');
  const counts = database.prepare('SELECT job, COUNT(*) AS runs FROM glue_job_runs GROUP BY job');

  return {
    insert: (run) => void insert.run(run.id, run.job, hasEnded(run) ? 0 : 1, JSON.stringify(run)),
    update: (run) => void update.run(hasEnded(run) ? 0 : 1, JSON.stringify(run), run.id),
    get(id) {
      const row = one.get(id);
      return row === undefined ? undefined : read(row.run);
    },
    page(job, limit, before = Number.MAX_SAFE_INTEGER) {
      const rows = page.all(job, before, limit + 1);
      const runs = rows.slice(0, limit).map((row) => read(row.run));
      const last = rows[limit - 1];
      return rows.length > limit && last !== undefined ? { runs, next: Number(last.seq) } : { runs };
    },
    open: () => open.all().map((row) => read(row.run)),
    countByJob: () => new Map(counts.all().map((row) => [String(row.job), Number(row.runs)])),
  };
}

function read(text: unknown): JobRun {
  const run: JobRun = JSON.parse(String(text));
  return run;
}
