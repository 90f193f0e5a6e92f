import type { Draft } from './draft.ts';
import { formatDuration, readDuration } from './duration.ts';
import type { Path, Report } from './finding.ts';

export const defaultDeadline = 24 * 3600;

/** An execution of Step Functions may be open for a year. */
const longest = 365 * 24 * 3600;

/** Durations, each by itself and held against each other. */
export function checkTimes(draft: Draft, report: Report): void {
  const { runs, defaults } = draft;
  const check = (path: Path, text: string | undefined, most: number, least = 1): number | undefined => {
    const seconds = text === undefined ? undefined : readDuration(text);
    if (seconds === undefined || (seconds >= least && seconds <= most)) return seconds;
    const message = `\`${path.at(-1)}\` is ${text}, and must lie between ${formatDuration(least)} and ${formatDuration(most)}`;
    report({ path, code: 'duration-range', message, remedy: 'write a duration within these bounds' });
    return undefined;
  };
  const checkRetry = (path: Path, retry: { delay?: string | undefined; maxDelay?: string | undefined } | undefined) => {
    // Step Functions: MaxDelaySeconds at most 31,622,400, and more than IntervalSeconds.
    const delay = check([...path, 'delay'], retry?.delay, longest);
    const most = check([...path, 'maxDelay'], retry?.maxDelay, longest);
    if (most === undefined || most > (delay ?? 0)) return;
    const message = `\`maxDelay\` is ${retry?.maxDelay}, not more than \`delay\`, ${retry?.delay}`;
    report({ path: [...path, 'maxDelay'], code: 'max-delay', message, remedy: 'make it longer, or leave it out' });
  };

  const deadline = check(['runs', 'deadline'], runs.deadline, longest, 60) ?? defaultDeadline;
  const deadlineText = runs.deadline ?? `${formatDuration(deadline)}, the default`;
  const late = check(['runs', 'late'], runs.late, longest, 60);
  if (late !== undefined && late >= deadline) {
    const message = `\`late\` is ${runs.late}, and a run is stopped at its deadline (${deadlineText})`;
    report({
      path: ['runs', 'late'],
      code: 'late-beyond-deadline',
      message,
      remedy: 'make it shorter than the deadline',
    });
  }
  const checkWithin = (path: Path, text: string | undefined, code: string, least?: number): number | undefined => {
    const seconds = check(path, text, longest, least);
    if (seconds === undefined || seconds <= deadline) return seconds;
    const message = `a ${path.at(-1)} of ${text} is longer than the run's deadline (${deadlineText}), and would never be reached`;
    report({ path, code, message, remedy: 'shorten it, or make `runs.deadline` longer' });
    return undefined;
  };
  const checkTimeout = (path: Path, text: string | undefined) => checkWithin(path, text, 'timeout-beyond-deadline');
  checkTimeout(['defaults', 'timeout'], defaults.timeout);
  checkRetry(['defaults', 'retry'], defaults.retry);
  for (const { name, fields } of draft.tasks.values()) {
    const path = ['tasks', name, 'timeout'];
    const timeout = checkTimeout(path, fields.timeout);
    const whole = checkWithin(['tasks', name, 'deadline'], fields.deadline, 'deadline-beyond-deadline', 60);
    if (timeout !== undefined && whole !== undefined && timeout > whole) {
      const message = `a timeout of ${fields.timeout} is longer than the task's deadline, ${fields.deadline}, and would never be reached`;
      report({ path, code: 'timeout-beyond-deadline', message, remedy: 'shorten it, or make `deadline` longer' });
    }
    checkRetry(['tasks', name, 'retry'], fields.retry);
  }
  for (const [name, trigger] of draft.triggers) {
    if (!('batch' in trigger)) continue;
    const path = ['triggers', name, 'batch'];
    const quiet = check([...path, 'quiet'], trigger.batch?.quiet, 86_400);
    const window = check([...path, 'window'], trigger.batch?.window, 86_400);
    if (quiet === undefined || window === undefined || quiet <= window) continue;
    const message = `\`quiet\` (${trigger.batch?.quiet}) is longer than \`window\` (${trigger.batch?.window}), and would never be reached`;
    report({ path: [...path, 'quiet'], code: 'batch-quiet', message, remedy: 'make it shorter than the window' });
  }
}
