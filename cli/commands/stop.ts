import { stopRun } from '../../shared/aws/stop-run.ts';
import { awaitRun } from '../await-run.ts';
import { addCommand, type JsonOption, type Register } from '../cli.ts';
import { exitCodes } from '../command-error.ts';
import { findRunId, noSuchRun } from '../open-ledger.ts';
import { openProject } from '../open-project.ts';
import { openSession } from '../session.ts';

export const stop: Register = (program, cli) => {
  addCommand(program, 'stop', 'stop a run and its jobs, and see that they have stopped', 'stop latest')
    .argument('<run>', 'its id, or latest')
    .action(async (name: string, options: JsonOption) => {
      const session = await openSession(await openProject(cli));
      try {
        const id = await findRunId(session.system.ledger, name);
        if ((await stopRun(session.system, id)) === undefined) throw noSuchRun(name);
        const run = await awaitRun(cli, session, id, options.json === true);
        // To have stopped it is what was asked for.
        if (run?.settled === true) cli.exitCode = exitCodes.done;
      } finally {
        await session.close();
      }
    });
};
