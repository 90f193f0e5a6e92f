import type { JsonObject } from '../../shared/json.ts';
import { quantile } from '../kit/quantile.ts';
import type { JournalEntry } from './journal.ts';
import { stepsOfLoad } from './load.ts';

/** The final description of an execution, with its whole history. */
export type Ended = { readonly arn: string; readonly status: string; readonly events: readonly JsonObject[] };

export type Verdict = {
  /** Runs whose start was answered. */
  readonly started: number;
  readonly finished: number;
  /** Runs that were started and are missing or have not ended. */
  readonly lost: number;
  /** Tasks with two tokens, or called again after their token was settled. */
  readonly duplicateStarts: number;
  /** Calls repeated with the same token because the answer was not on disk, as documented. */
  readonly repeatedCalls: number;
  /** Executions whose event ids are not 1, 2, 3, …, or with an event that follows none. */
  readonly historyGaps: number;
  /** Executions in which a state was not entered and left as often as without a crash. */
  readonly wrongHistories: number;
  readonly recoveries: number;
  readonly recoveredExecutionsMost: number;
  readonly recoveryMsP50: number;
  readonly recoveryMsMost: number;
};

export function crashVerdict(journal: readonly JournalEntry[], executions: readonly Ended[]): Verdict {
  const started = new Set(journal.flatMap((entry) => (entry.is === 'started' ? [entry.execution] : [])));
  const finished = new Set(executions.flatMap(({ arn, status }) => (status === 'SUCCEEDED' ? [arn] : [])));
  const recoveries = journal.flatMap((entry) => (entry.is === 'recovered' ? [entry] : []));
  const times = recoveries.map(({ ms }) => ms);
  return {
    started: started.size,
    finished: finished.size,
    lost: new Set([...started, ...executions.map(({ arn }) => arn)].filter((arn) => !finished.has(arn))).size,
    ...countCalls(journal),
    historyGaps: executions.filter(({ events }) => !isWhole(events)).length,
    wrongHistories: executions.filter(({ events }) => !isUndisturbed(events)).length,
    recoveries: recoveries.length,
    recoveredExecutionsMost: Math.max(0, ...recoveries.map(({ executions: found }) => found)),
    recoveryMsP50: quantile(times, 0.5),
    recoveryMsMost: Math.max(0, ...times),
  };
}

function countCalls(journal: readonly JournalEntry[]): { duplicateStarts: number; repeatedCalls: number } {
  const tokens = new Map<string, string>();
  const settled = new Set<string>();
  let [duplicateStarts, repeatedCalls] = [0, 0];
  for (const entry of journal) {
    if (entry.is === 'settled') settled.add(entry.token);
    if (entry.is !== 'called') continue;
    const task = `${entry.execution} ${entry.step}`;
    const known = tokens.get(task);
    tokens.set(task, entry.token);
    if (known === undefined) continue;
    if (known !== entry.token || settled.has(entry.token)) duplicateStarts += 1;
    else repeatedCalls += 1;
  }
  return { duplicateStarts, repeatedCalls };
}

function isWhole(events: readonly JsonObject[]): boolean {
  return (
    events.length > 0 &&
    events.every(({ id, previousEventId }, index) => id === index + 1 && Number(previousEventId) <= index) &&
    events.at(-1)?.type === 'ExecutionSucceeded'
  );
}

/** Each task of the load is scheduled once and ends once. */
function isUndisturbed(events: readonly JsonObject[]): boolean {
  const count = (type: string): number => events.filter((event) => event.type === type).length;
  return (
    count('TaskScheduled') === stepsOfLoad.length &&
    count('TaskSucceeded') === stepsOfLoad.length - 1 &&
    count('TaskFailed') === 1 &&
    count('WaitStateExited') === 1
  );
}
