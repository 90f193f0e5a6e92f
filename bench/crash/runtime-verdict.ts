import { quantile } from '../kit/quantile.ts';
import type { RuntimeEntry } from './journal.ts';
import { expected } from './runtime-load.ts';

/** The final record of a run, or a hand-written machine's execution. */
export type EndedRun = {
  /** The request it belongs to. */
  readonly id: string;
  readonly status: string;
  /** All its work has ended. */
  readonly settled: boolean;
};

/** The final state. */
export type Remains = {
  readonly runs: readonly EndedRun[];
  /** By each job as it starts: `RUN TASK ATTEMPT`. */
  readonly starts: readonly string[];
  /** The request's id, by the run's. */
  readonly askedAs: ReadonlyMap<string, string>;
  readonly undelivered: number;
  readonly deadLetters: number;
  readonly jobsLeft: number;
};

export type RuntimeVerdict = {
  /** Requested runs. A request without an answer was repeated with the same name. */
  readonly started: number;
  /** Runs with the expected end. */
  readonly finished: number;
  /** Missing runs, or runs that have not ended. */
  readonly lost: number;
  readonly wrongStatus: number;
  /** Causes with two runs. */
  readonly doubledRuns: number;
  readonly jobStarts: number;
  /** Job runs of attempts that had been started already. */
  readonly duplicateStarts: number;
  /** Tasks with more or fewer attempts than without a crash. */
  readonly wrongAttempts: number;
  /** Job runs that are still open. */
  readonly jobsLeft: number;
  /** Events that no target has accepted. */
  readonly undelivered: number;
  readonly deadLetters: number;
  /** Unexpected errors. */
  readonly surprises: number;
  readonly recoveries: number;
  readonly recoveredRunsMost: number;
  readonly recoveryMsP50: number;
  readonly recoveryMsMost: number;
};

export function runtimeVerdict(journal: readonly RuntimeEntry[], remains: Remains): RuntimeVerdict {
  const asked = new Map(journal.flatMap((entry) => (entry.is === 'asked' ? [[entry.id, entry.kind] as const] : [])));
  const recoveries = journal.flatMap((entry) => (entry.is === 'recovered' ? [entry] : []));
  const times = recoveries.map(({ ms }) => ms);
  const byId = Map.groupBy(remains.runs, ({ id }) => id);
  const over = [...asked].flatMap(([id, kind]) => (byId.get(id) ?? []).slice(0, 1).map((run) => ({ ...run, kind })));
  const ended = over.filter(({ settled }) => settled);
  const right = ended.filter(({ status, kind }) => status === expected[kind].status);
  const attempts = new Set(remains.starts);
  return {
    started: asked.size,
    finished: right.length,
    lost: asked.size - ended.length,
    wrongStatus: ended.length - right.length,
    doubledRuns: remains.runs.length - byId.size,
    jobStarts: remains.starts.length,
    duplicateStarts: remains.starts.length - attempts.size,
    wrongAttempts: wrongAttempts(asked, attempts, remains.askedAs),
    jobsLeft: remains.jobsLeft,
    undelivered: remains.undelivered,
    deadLetters: remains.deadLetters,
    surprises: journal.filter(({ is }) => is === 'surprise').length,
    recoveries: recoveries.length,
    recoveredRunsMost: Math.max(0, ...recoveries.map(({ runs }) => runs)),
    recoveryMsP50: quantile(times, 0.5),
    recoveryMsMost: Math.max(0, ...times),
  };
}

type Asked = ReadonlyMap<string, keyof typeof expected>;

function wrongAttempts(asked: Asked, attempts: ReadonlySet<string>, askedAs: Remains['askedAs']): number {
  const found = new Map<string, number>();
  for (const stamp of attempts) {
    const [run = '', task = ''] = stamp.split(' ');
    const key = `${askedAs.get(run) ?? run} ${task}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  let wrong = 0;
  for (const [id, kind] of asked) {
    for (const [task, right] of Object.entries(expected[kind].starts)) {
      if (!right.includes(found.get(`${id} ${task}`) ?? 0)) wrong += 1;
      found.delete(`${id} ${task}`);
    }
  }
  return wrong + found.size;
}
