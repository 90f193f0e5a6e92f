import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { createTestTerminal } from './test-terminal.ts';

export const folder = mkdtempSync(join(tmpdir(), 'gluewright-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

let projects = 0;

/** A project of its own, with these files. @returns its root */
export function createProject(files: Readonly<Record<string, string>>): string {
  projects += 1;
  const root = join(folder, `project-${projects}`);
  mkdirSync(join(root, 'statemachines'), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** One command line, given in a folder. */
export async function gluewright(cwd: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = createTestTerminal(cwd);
  const code = await runCli(args, terminal);
  return { code, out: terminal.stdout(), err: terminal.stderr() };
}
