import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { present } from '../../shared/json.ts';
import { findDev } from '../open/dev-file.ts';
import { findProjectRoot } from '../open/project-root.ts';
import { addStageOptions, type StageOptions } from '../stage/stage-options.ts';
import { settingsOf, targetOf } from '../stage/target.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';

export const whereami: Register = (program, cli) => {
  const summary = 'show which target a command would use, and why; contacts nobody';
  addStageOptions(addCommand(program, 'whereami', summary, 'whereami --stage prod')).action(
    async (options: JsonOption & StageOptions) => {
      const { terminal } = cli;
      const target = targetOf(terminal, options);
      if (target.is === 'this machine') {
        const { root, home } = findProjectRoot(terminal);
        const dev = await findDev(home);
        const homeWhy = terminal.env.GLUEWRIGHT_HOME ? 'GLUEWRIGHT_HOME' : 'the project’s own';
        const runs = existsSync(join(home, 'gluewright.db'));
        if (options.json) {
          const running = dev === undefined ? undefined : { pid: dev.pid, port: dev.port, apiPort: dev.apiPort };
          return printJson(cli, {
            target: target.is,
            why: target.why,
            root,
            home,
            homeWhy,
            ...present({ dev: running }),
          });
        }
        return terminal.out(
          [
            `this machine   ${target.why}`,
            `project        ${root}`,
            `home           ${home} (${homeWhy}${runs ? '' : '; nothing has been run there yet'})`,
            `dev            ${dev === undefined ? 'does not run' : `runs as process ${dev.pid}; its API is on port ${dev.apiPort}`}`,
          ].join('\n'),
        );
      }
      const { region, credentials } = settingsOf(terminal, options);
      const { stack, stage, why, isProtected } = target;
      if (options.json) {
        return printJson(cli, {
          target: 'a stack',
          stack,
          ...present({ stage }),
          why,
          region,
          credentials,
          protected: isProtected,
        });
      }
      const told = (value: string | undefined, from: string): string =>
        value === undefined ? from : `${value} (${from})`;
      terminal.out(
        [
          `stack          ${stack} (${why})`,
          `region         ${told(region.value, region.why)}`,
          `credentials    ${told(credentials.profile, credentials.why)}`,
          `protected      ${isProtected ? 'yes: commands that act ask first, unless given --yes' : 'no'}`,
        ].join('\n'),
      );
    },
  );
};
