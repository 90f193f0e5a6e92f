import { resumePipeline } from '../../shared/use-cases/pause-pipeline.ts';
import { findPausable } from '../open/find-pausable.ts';
import { openDeployed } from '../open/open-project.ts';
import { openSession } from '../open/session.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';

export const resume: Register = (program, cli) => {
  addCommand(program, 'resume', 'let a paused pipeline go on, with what came meanwhile', 'resume orders-daily.nightly')
    .argument('<pipeline>', 'its name, or PIPELINE.TRIGGER for just the one trigger')
    .option('--drop', 'do not start what came meanwhile')
    .action(async (name: string, options: JsonOption & { drop?: true }) => {
      const project = await openDeployed(cli);
      const { pipeline, trigger } = findPausable(project, name);
      const named = trigger === undefined ? {} : { trigger };
      const session = await openSession(project);
      try {
        const drop = options.drop === true;
        const slots = await resumePipeline(session.system, pipeline, { ...named, drop });
        const { live = [], queued = [] } = slots ?? {};
        if (options.json)
          printJson(cli, { pipeline, ...named, paused: false, live, queued: queued.map(({ run }) => run) });
        else cli.terminal.out(`${name} goes on: ${live.length} live, ${queued.length} waiting`);
      } finally {
        await session.close();
      }
    });
};
