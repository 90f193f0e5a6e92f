import { expect, test } from 'vitest';
import { type ProgramEnd, runProgram } from '../../../local/work/run-program.ts';

const places = { root: '.', env: () => process.env };
const endOf = (command: readonly string[], env: Record<string, string> = {}) =>
  new Promise<ProgramEnd>((resolve) => void runProgram(command, { env }, places, resolve));
const node = (code: string) => [process.execPath, '--eval', code];

test.each([
  ['the program does not exist', ['no-such-program'], {}],
  ['the program has no name', [''], {}],
  ['its environment is too large', node('0'), { GLUEWRIGHT_INPUT: 'x'.repeat(4_000_000) }],
])('it is reported that %s', async (_, command, env) => {
  expect(await endOf(command, env)).toEqual({ notStarted: expect.any(String) });
});

test('the report contains a long answer whole, and the end of a long output', async () => {
  const end = await endOf(
    node(
      `require('node:fs').writeSync(3, 'a' + '€'.repeat(500_000)); console.log('b' + '€'.repeat(5_000)); process.exitCode = 3`,
    ),
  );
  expect(end).toEqual({ code: 3, said: '€'.repeat(999), answer: `a${'€'.repeat(500_000)}` });
});

test('the report names the signal that killed the program', async () => {
  expect(await endOf(node(`process.kill(process.pid, 'SIGKILL')`))).toMatchObject({ code: 'SIGKILL' });
});

test('a stopped program is not reported', async () => {
  const ends: ProgramEnd[] = [];
  runProgram(node('setInterval(() => 0, 1_000)'), { env: {} }, places, (end) => ends.push(end))();
  runProgram([''], { env: {} }, places, (end) => ends.push(end))();
  await endOf(node('0'));
  expect(ends).toEqual([]);
});
