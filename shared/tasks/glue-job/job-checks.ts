import type { Report } from '../../reading/finding.ts';
import { formatDuration } from '../../units/duration.ts';

/** `StartJobRun` takes "less than 7 days", in minutes (Glue API, `Timeout`). */
const tooLong = 7 * 24 * 3600;

/** Glue sets these itself and would drop a run's own, or refuse the start. */
const ownArguments = new Set(['JOB_NAME', 'JOB_ID', 'JOB_RUN_ID']);

/** A written timeout of a task or job: `StartJobRun` and `CreateJob` have the same bounds. */
export function checkTimeout(seconds: number | undefined, report: Report): void {
  if (seconds === undefined) return;
  const path = ['timeout'];
  const written = formatDuration(seconds);
  if (seconds >= tooLong) {
    const message = `a timeout of ${written} is too long for Glue, which takes less than 7 days`;
    report({ path, code: 'glue-timeout', message, remedy: 'write at most 6d23h59m' });
  } else if (seconds === 0) {
    const message = 'a timeout of 0s leaves the job no time';
    report({ path, code: 'glue-timeout', message, remedy: 'write at least 1m' });
  } else if (seconds % 60 !== 0) {
    const rounded = formatDuration(Math.ceil(seconds / 60) * 60);
    const message = `Glue counts whole minutes: it is given ${rounded} for ${written}`;
    report({ path, severity: 'warning', code: 'glue-minutes', message, remedy: `write ${rounded}` });
  }
}

/** The name of an argument as files write it, without dashes. */
export function checkArgument(argument: string, report: Report): void {
  const path = ['args', argument];
  const refuse = (message: string, remedy: string) =>
    report({ path, key: true, code: 'glue-argument', message, remedy });
  if (argument.startsWith('-')) {
    const plain = argument.replace(/^-+/, '');
    refuse(`the argument \`${argument}\` is written with dashes`, `write \`${plain}\`; the job gets it as --${plain}`);
  } else if (argument === '' || /\s/.test(argument)) {
    refuse(`\`${argument}\` cannot be an argument's name`, 'use letters, digits, - and _');
  } else if (argument.startsWith('gluewright_')) {
    refuse(
      `the argument \`${argument}\` is one that Gluewright sets itself`,
      'choose a name that does not begin with gluewright_',
    );
  } else if (ownArguments.has(argument)) {
    refuse(`the argument \`${argument}\` is one that Glue sets itself`, 'choose another name');
  }
}
