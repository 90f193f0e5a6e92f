import type { Leftover } from '../../verify/account.ts';
import type { CheckResult, Verdict } from '../../verify/check.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { table } from './table.ts';

const colours = {
  'as assumed': 'green',
  'differs, harmless': 'yellow',
  'differs, act': 'red',
  skipped: 'dim',
  'not settled': 'yellow',
} as const satisfies Record<Verdict, string>;

/** What each check assumed and observed, and what could not be removed. */
export function verificationLines(
  terminal: Pick<Terminal, 'style'>,
  results: readonly CheckResult[],
  leftovers: readonly Leftover[],
): string[] {
  const rows = results.flatMap(({ check, assumes, seen, verdict }) => [
    [check, terminal.style(colours[verdict], verdict), 'assumed', assumes],
    ['', '', 'seen', seen],
  ]);
  const titles = ['CHECK', 'VERDICT', '', ''].map((title) => ({ title }));
  const left = leftovers.map(({ what, why }) => terminal.style('red', `left behind: ${what} (${why})`));
  return [...table(titles, rows), ...(left.length === 0 ? [] : ['', ...left])];
}
