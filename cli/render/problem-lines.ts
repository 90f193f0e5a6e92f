import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem } from '../../shared/reading/problem.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 *     statemachines/x.yml:12:13: error: no task is called repott
 *          12 |     after: [repott]
 *             |             ^
 *         did you mean report?
 */
export function problemLines(terminal: Terminal, problem: Problem): string[] {
  const { file, line, column, severity, message, remedy } = problem;
  const place = terminal.style('bold', `${file}:${line}:${column}:`);
  const kind = terminal.style(severity === 'error' ? 'red' : 'yellow', `${severity}:`);
  return [`${place} ${kind} ${message}`, ...excerpt(terminal, file, line, column), `      ${remedy}`];
}

function excerpt(terminal: Terminal, file: string, line: number, column: number): string[] {
  const path = resolve(terminal.cwd, file);
  if (path.endsWith('.ts') || !existsSync(path)) return [];
  const text = readFileSync(path, 'utf8').split(/\r?\n/)[line - 1];
  if (text === undefined || text.trim() === '') return [];
  // keep tabs, so that the caret is below its character
  const before = text.slice(0, column - 1);
  const from = Math.max(0, before.length - 100);
  const indent = before.slice(from).replace(/[^\t]/g, ' ');
  const gutter = terminal.style('dim', `${String(line).padStart(6)} | `);
  const empty = terminal.style('dim', '       | ');
  return [`${gutter}${text.slice(from, from + 160)}`, `${empty}${indent}${terminal.style('red', '^')}`];
}
