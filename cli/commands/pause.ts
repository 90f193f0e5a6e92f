import { pausedPipeline } from '../../shared/api/operations/pause-pipeline.ts';
import { present } from '../../shared/json.ts';
import { pausePipeline } from '../../shared/use-cases/requests/pause-pipeline.ts';
import { findPausable } from '../open/find-pausable.ts';
import { openDeployed } from '../open/open-project.ts';
import { openSession } from '../open/session.ts';
import { openStage } from '../stage/stage.ts';
import { addActingOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';

export const pause: Register = (program, cli) => {
  addActingOptions(addCommand(program, 'pause', 'pause a pipeline: hold its new runs', 'pause orders-daily.nightly'))
    .argument('<pipeline>', 'its name, or PIPELINE.TRIGGER for one trigger')
    .action(async (name: string, options: JsonOption & StageOptions) => {
      const stage = await openStage(cli, options);
      if (stage !== undefined) {
        const [pipeline = '', trigger] = name.split(/\.(.*)/s);
        const body = trigger === undefined ? {} : { trigger };
        const { text } = await stage.post(`/pipelines/${encodeURIComponent(pipeline)}/pause`, pausedPipeline, body);
        return cli.terminal.out(options.json ? text : `${name} is paused; live runs continue`);
      }
      const project = await openDeployed(cli);
      const { pipeline, trigger } = findPausable(project, name);
      const session = await openSession(project);
      try {
        await pausePipeline(session.system, pipeline, trigger);
      } finally {
        await session.close();
      }
      if (options.json) printJson(cli, { pipeline, ...present({ trigger }), paused: true });
      else cli.terminal.out(`${name} is paused; live runs continue. npx gluewright resume ${name}`);
    });
};
