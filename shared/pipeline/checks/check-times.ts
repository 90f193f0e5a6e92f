import { checkDuration } from '../../reading/check-duration.ts';
import type { Path, Report } from '../../reading/finding.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { formatDuration } from '../../units/duration.ts';
import { defaultDeadline, defaultRetryDelay } from '../file/defaults.ts';
import type { Draft } from '../file/draft.ts';

/** Step Functions' limit for an execution: a year. */
const longest = 365 * 24 * 3600;

/** A delay as written, and its place. */
type Delay = { readonly seconds: number; readonly text: string; readonly path: Path };
type Delays = { readonly delay: Delay | undefined; readonly maxDelay: Delay | undefined };

/** Checks each duration by itself, and against the others. */
export function checkTimes(draft: Draft, report: Report): void {
  const { runs, defaults } = draft;
  const check = (path: Path, text: string | undefined, most: number, least = 1): number | undefined => {
    return checkDuration(text, { path, least, most }, report);
  };
  const readDelays = (path: Path, retry: Draft['defaults']['retry']): Delays => ({
    delay: readDelay([...path, 'delay'], retry?.delay),
    maxDelay: readDelay([...path, 'maxDelay'], retry?.maxDelay),
  });
  const readDelay = (path: Path, text: string | undefined): Delay | undefined => {
    const seconds = check(path, text, longest);
    return seconds === undefined || text === undefined ? undefined : { seconds, text, path };
  };

  const deadline = check(['runs', 'deadline'], runs.deadline, longest, 60) ?? defaultDeadline;
  const deadlineText = runs.deadline ?? `${formatDuration(deadline)}, the default`;
  const late = check(['runs', 'late'], runs.late, longest, 60);
  if (late !== undefined && late >= deadline) {
    const message = `\`late\` (${runs.late}) is not shorter than the run's deadline (${deadlineText})`;
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
  const delays = readDelays(['defaults', 'retry'], defaults.retry);
  if (delays.delay !== undefined) checkDelays(delays, report);
  for (const { name, fields, work } of draft.tasks.values()) {
    const lasts = work === undefined ? undefined : kindOf(work.kind).file.lasts?.(work);
    if (work !== undefined && lasts !== undefined && lasts >= deadline) {
      report({
        path: ['tasks', name, work.kind],
        severity: 'warning',
        code: 'lasts-beyond-deadline',
        message: `\`${name}\` may last ${formatDuration(lasts)}, and the run's deadline (${deadlineText}) ends it before`,
        remedy: 'make `runs.deadline` longer',
      });
    }
    const path = ['tasks', name, 'timeout'];
    const timeout = checkTimeout(path, fields.timeout);
    const whole = checkWithin(['tasks', name, 'deadline'], fields.deadline, 'deadline-beyond-deadline', 60);
    if (timeout !== undefined && whole !== undefined && timeout > whole) {
      const message = `a timeout of ${fields.timeout} is longer than the task's deadline, ${fields.deadline}, and would never be reached`;
      report({ path, code: 'timeout-beyond-deadline', message, remedy: 'shorten it, or make `deadline` longer' });
    }
    const own = readDelays(['tasks', name, 'retry'], fields.retry);
    const delay = own.delay ?? delays.delay;
    checkDelays({ delay, maxDelay: own.maxDelay ?? delays.maxDelay }, report);
    const attempts = fields.retry?.attempts ?? defaults.retry?.attempts ?? 1;
    const [unused] = attempts === 1 ? Object.keys(fields.retry ?? {}).filter((key) => key !== 'attempts') : [];
    if (unused !== undefined) {
      report({
        path: ['tasks', name, 'retry', unused],
        key: true,
        severity: 'warning',
        code: 'one-attempt',
        message: `\`${unused}\` has no effect: \`${name}\` has one attempt, so there is no retry`,
        remedy: 'write `attempts: 2`, or more, beside it',
      });
    }
    if (delay === undefined || attempts === 1 || delay.seconds < (whole ?? deadline)) continue;
    const until =
      whole === undefined ? `the run's deadline (${deadlineText})` : `the task's deadline, ${fields.deadline}`;
    report({
      path: own.delay === undefined && whole !== undefined ? ['tasks', name, 'deadline'] : delay.path,
      severity: 'warning',
      code: 'delay-beyond-deadline',
      message: `there is no second try: its delay of ${delay.text} ends after ${until}`,
      remedy: 'make the delay shorter, or the deadline longer',
    });
  }
}

/**
 * The delays that apply to a task: its own, or those of `defaults`. Step Functions requires MaxDelaySeconds to be
 * greater.
 */
function checkDelays({ delay, maxDelay }: Delays, report: Report): void {
  if (maxDelay === undefined || maxDelay.seconds > (delay?.seconds ?? defaultRetryDelay)) return;
  // report the task's own value, and of two in one place `maxDelay`
  if (delay?.path[0] === 'tasks' && maxDelay.path[0] === 'defaults') {
    const message = `\`delay\` (${delay.text}) is not shorter than \`defaults.retry.maxDelay\` (${maxDelay.text})`;
    const remedy = 'make it shorter, or give the task a `maxDelay` of its own';
    report({ path: delay.path, code: 'max-delay', message, remedy });
    return;
  }
  const other = describeDelay(delay, maxDelay);
  const message = `\`maxDelay\` (${maxDelay.text}) is not longer than ${other}`;
  const remedy = `make it longer, or ${delay?.path[0] === maxDelay.path[0] ? 'leave it out' : 'write a shorter `delay` beside it'}`;
  report({ path: maxDelay.path, code: 'max-delay', message, remedy });
}

function describeDelay(delay: Delay | undefined, beside: Delay): string {
  if (delay === undefined) return `\`delay\` (${formatDuration(defaultRetryDelay)}, the default)`;
  return `\`${delay.path[0] === beside.path[0] ? '' : 'defaults.retry.'}delay\` (${delay.text})`;
}
