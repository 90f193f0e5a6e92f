import { present } from '../../json.ts';
import type { Outcome, Outcomes } from '../../protocol/outcome.ts';
import { statusOfError } from '../../tasks/errors.ts';
import { errorsOf } from '../task/attempt.ts';
import type { TaskRecord } from '../task/task-record.ts';
import type { RunRecord } from './run-record.ts';

/**
 * How each task of a run ended, with outputs, from everything the ledger knows: the state machine's report, the
 * outcomes kept from an earlier run, and the attempts. A task that did not run is missing.
 */
export function runOutcomes(run: RunRecord, tasks: readonly TaskRecord[], keep: Outcomes = {}): Outcomes {
  const attempts = Object.fromEntries(tasks.map((task) => [task.task, attemptOutcome(task)]));
  const names = new Set([...Object.keys(keep), ...Object.keys(attempts), ...Object.keys(run.tasks ?? {})]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const said = run.tasks?.[name];
      const known = attempts[name] ?? keep[name];
      const outcome = said === undefined ? known : withOutput(said, known);
      return outcome === undefined ? [] : [[name, outcome]];
    }),
  );
}

/** The report at a run's end holds no outputs. */
function withOutput(said: Outcome, known: Outcome | undefined): Outcome {
  return said.status === 'succeeded' && known?.output !== undefined ? { ...said, output: known.output } : said;
}

/** The outcomes, with the ledger's reasons where the state machine gave none. */
export function withReasons(outcomes: Outcomes, tasks: readonly TaskRecord[]): Outcomes {
  const attempts = new Map(tasks.map((task) => [task.task, attemptOutcome(task)]));
  const entries = Object.entries(outcomes).map(([name, outcome]): [string, Outcome] => {
    const attempt = attempts.get(name);
    if (outcome.error !== undefined || attempt?.error === undefined || attempt.status !== outcome.status)
      return [name, outcome];
    const { error, cause } = attempt;
    return [name, { ...outcome, error, ...present({ cause }) }];
  });
  return Object.fromEntries(entries);
}

/** An attempt that is open when its run ends counts as stopped. */
export function attemptOutcome({ attempt }: TaskRecord): Outcome {
  const { phase } = attempt;
  if (phase.at !== 'ended') return { status: 'stopped', error: errorsOf(attempt).stopped };
  const { ending } = phase;
  if (ending.result === 'failed') {
    const { error, cause } = ending;
    return { status: statusOfError(error), error, cause };
  }
  if (ending.result === 'skipped' || ending.output === undefined) return { status: ending.result };
  return { status: ending.result, output: ending.output };
}
