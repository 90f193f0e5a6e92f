import { spawn } from 'node:child_process';
import type { Channel } from '../../shared/model/channel.ts';
import type { Message } from '../../shared/notices/message.ts';
import type { System } from '../../shared/services/system.ts';
import type { Terminal } from '../terminal/terminal.ts';

export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

const commandMilliseconds = 30_000;

/**
 * Shows notifications on the terminal. A channel's command is run as well and gets the notification as JSON. Topics and
 * addresses get nothing from here.
 */
export function notifyHere(
  terminal: Pick<Terminal, 'out' | 'err' | 'style' | 'env'>,
  { root, json }: { readonly root: string; readonly json: boolean },
): NonNullable<System['notify']> {
  return async (channel, to, message) => {
    if (json) terminal.out(JSON.stringify({ notification: { channel, ...message } }));
    else for (const line of linesOf(terminal, channel, message)) terminal.out(line);
    if (to.kind !== 'command') return;
    try {
      await runCommand(to, { root, env: terminal.env }, { channel, ...message });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      terminal.err(`gluewright: the channel ${channel} failed, and will be tried again in a minute: ${why}`);
      throw error;
    }
  };
}

function linesOf({ style }: Pick<Terminal, 'style'>, channel: string, { title, lines, next }: Message): string[] {
  return [
    `${style('bold', title)}  ${style('dim', `→ ${channel}`)}`,
    ...[...lines, ...next].map((line) => `  ${line}`),
  ];
}

/** @throws {CommandFailed} unless it ends with 0 in time */
function runCommand(
  { command }: Extract<Channel, { kind: 'command' }>,
  { root, env }: { readonly root: string; readonly env: Terminal['env'] },
  content: object,
): Promise<void> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env,
      stdio: ['pipe', 'ignore', 'inherit'],
      timeout: commandMilliseconds,
    });
    const failed = (why: string) => reject(new CommandFailed(`${program} ${why}`));
    child.on('error', ({ message }) => failed(`did not start: ${message}`));
    child.on('exit', (code, signal) => (code === 0 ? resolve() : failed(`ended with ${code ?? signal ?? 'nothing'}`)));
    // it may end without reading
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${JSON.stringify(content)}\n`);
  });
}
