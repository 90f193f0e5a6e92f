import { resumedPipeline } from '../../shared/api/operations/resume-pipeline.ts';
import { present } from '../../shared/json.ts';
import { resumePipeline } from '../../shared/use-cases/requests/pause-pipeline.ts';
import { findPausable } from '../open/find-pausable.ts';
import { openDeployed } from '../open/open-project.ts';
import { openSession } from '../open/session.ts';
import { openStage } from '../stage/stage.ts';
import { addActingOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';

export const resume: Register = (program, cli) => {
  const summary = 'resume a pipeline, and start its held runs';
  addActingOptions(addCommand(program, 'resume', summary, 'resume orders-daily.nightly'))
    .argument('<pipeline>', 'its name, or PIPELINE.TRIGGER for one trigger')
    .option('--drop', 'drop the held runs')
    .action(async (name: string, options: JsonOption & StageOptions & { drop?: true }) => {
      const stage = await openStage(cli, options);
      if (stage !== undefined) {
        const [first = '', of] = name.split(/\.(.*)/s);
        const body = { ...present({ trigger: of }), drop: options.drop === true };
        const path = `/pipelines/${encodeURIComponent(first)}/resume`;
        const { view, text } = await stage.post(path, resumedPipeline, body);
        return cli.terminal.out(options.json ? text : goesOn(name, view.live.length, view.queued.length));
      }
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
        else cli.terminal.out(goesOn(name, live.length, queued.length));
      } finally {
        await session.close();
      }
    });
};

function goesOn(name: string, live: number, waiting: number): string {
  return `resumed ${name}: ${live} live, ${waiting} queued`;
}
