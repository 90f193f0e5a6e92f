import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { notifyHere } from '../../../cli/watch/notify-here.ts';
import { occasions } from '../../../shared/model/channel.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gluewright-notify-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const message = {
  title: 'orders failed (local)',
  lines: ['orders-x failed, because load failed.'],
  log: [],
  next: ['To run what did not succeed: gluewright rerun orders-x'],
  thread: 'local-orders',
};
const command = (...words: string[]) => ({ kind: 'command', command: words, on: occasions }) as const;

function notifier(json = false) {
  const lines: string[] = [];
  const errors: string[] = [];
  const terminal = {
    out: (text: string) => lines.push(text),
    err: (text: string) => errors.push(text),
    style: (_: unknown, text: string) => text,
    env: process.env,
  };
  return { notify: notifyHere(terminal, { root, json }), lines, errors };
}

test('a notification is shown on the terminal, with its channel', async () => {
  const { notify, lines } = notifier();
  await notify('oncall', { kind: 'email', addresses: ['a@example.com'], on: occasions }, message);
  expect(lines).toEqual([
    'orders failed (local)  → oncall',
    '  orders-x failed, because load failed.',
    '  To run what did not succeed: gluewright rerun orders-x',
  ]);
});

test('a command gets the notification as JSON, in the folder of the project', async () => {
  const { notify, lines } = notifier(true);
  await notify('desk', command('sh', '-c', 'cat > told.json'), message);
  expect(JSON.parse(readFileSync(join(root, 'told.json'), 'utf8'))).toEqual({ channel: 'desk', ...message });
  expect(JSON.parse(lines[0] ?? '')).toEqual({ notification: { channel: 'desk', ...message } });
});

test.each([
  [['sh', '-c', 'exit 3'], 'sh ended with 3'],
  [['no-such-program'], 'no-such-program did not start'],
])('a command that fails (%j) has not taken the notification, and the terminal shows why', async (words, why) => {
  const { notify, errors } = notifier();
  await expect(notify('desk', command(...words), message)).rejects.toThrow(why);
  expect(errors).toEqual([
    expect.stringContaining(`the channel desk failed, and will be tried again in a minute: ${why}`),
  ]);
});
