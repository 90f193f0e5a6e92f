import { join } from 'node:path';
import { createApiServer } from '../../local/wire/api-server.ts';
import { present } from '../../shared/json.ts';
import { apiToken } from '../open/api-token.ts';
import { findDev } from '../open/dev-file.ts';
import { findProjectRoot } from '../open/project-root.ts';
import { type Forward, forwardingDoor } from '../stage/forwarding-door.ts';
import { openStage } from '../stage/stage.ts';
import { addStageOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type Cli, type JsonOption, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

export const open: Register = (program, cli) => {
  const summary = 'open the page of the running dev, or of a stage with your AWS credentials';
  addStageOptions(addCommand(program, 'open', summary, 'open --stage prod'))
    .option('--port <number>', 'port on 127.0.0.1; any free one by default', '0')
    .action(async (options: JsonOption & StageOptions & { port: string }) => {
      const port = Number(options.port);
      if (!Number.isInteger(port) || port < 0 || port > 65_535) {
        throw new CommandError(exitCodes.usage, '--port takes a number up to 65535');
      }
      const { target, forward } = await forwardTo(cli, options);
      const server = await createApiServer({
        door: forwardingDoor(forward),
        page: join(import.meta.dirname, '../../web/dist'),
        port,
      });
      const page = server.invite();
      if (options.json) cli.terminal.out(JSON.stringify({ target, page }));
      else {
        cli.terminal.out(`${target}\n\n  ${page}\n\nthe address works once; Ctrl-C stops the server`);
        cli.terminal.browse(server.invite());
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      cli.terminal.onInterrupt(resolve);
      await promise;
      await server.close();
    });
};

/** @throws {CommandError} */
async function forwardTo(
  cli: Cli,
  options: StageOptions,
): Promise<{ readonly target: string; readonly forward: Forward }> {
  const stage = await openStage(cli, options);
  if (stage !== undefined) return { target: stage.target, forward: stage.forward };
  const { home } = findProjectRoot(cli.terminal);
  const dev = await findDev(home);
  if (dev === undefined)
    throw new CommandError(exitCodes.unavailable, 'start npx gluewright dev first, or give --stage NAME');
  const authorization = `Bearer ${apiToken(home)}`;
  return {
    target: `this machine (${home})`,
    forward: ({ method, path, headers, body }) =>
      fetch(new URL(path, `http://127.0.0.1:${dev.apiPort}`), {
        method,
        headers: { ...headers, authorization },
        redirect: 'error',
        ...present({ body }),
      }),
  };
}
