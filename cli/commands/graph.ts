import type { Pipeline, Task } from '../../shared/model/pipeline.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { graphRows } from '../render/graph-rows.ts';
import { table } from '../render/table.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

export const graph: Register = (program, cli) => {
  addCommand(program, 'graph', 'draw a pipeline’s tasks and their order', 'graph airport-safety --mermaid')
    .argument('<pipeline>', 'its name')
    .option('--mermaid', 'as a Mermaid flowchart, for Markdown')
    .action(async (name: string, options: JsonOption & { mermaid?: true }) => {
      const { pipeline } = findPipeline(await openProject(cli), name);
      if (options.json && options.mermaid) {
        throw new CommandError(exitCodes.usage, 'give either --mermaid or --json');
      }
      if (options.json) {
        const tasks = pipeline.tasks.map((task) => ({ name: task.name, after: task.after, when: task.when }));
        return printJson(cli, { pipeline: name, tasks });
      }
      cli.terminal.out((options.mermaid ? mermaid(pipeline) : drawing(pipeline)).join('\n'));
    });
};

function drawing(pipeline: Pipeline): string[] {
  const tasks = new Map(pipeline.tasks.map((task) => [task.name, task]));
  const rows = graphRows(pipeline.tasks).flatMap(({ name, drawing, below }) => {
    const after = tasks.get(name)?.after ?? [];
    const waits = drawing === '' && after.length > 0 ? `after ${after.join(', ')}` : '';
    const row = [drawing, name, rule(tasks.get(name)), waits];
    return below === undefined ? [row] : [row, [below, '', '', '']];
  });
  const lines = table([{ title: '' }, { title: '' }, { title: '' }, { title: '' }], rows).slice(1);
  return rows.some(([first]) => first !== '') ? lines : lines.map((line) => line.trimStart());
}

/** Tasks are numbered, because Mermaid reserves words such as `end`. */
export function mermaid(pipeline: Pipeline): string[] {
  const ids = new Map(pipeline.tasks.map((task, i) => [task.name, `t${i}`]));
  return [
    'flowchart LR',
    ...pipeline.tasks.map((task) => `  ${ids.get(task.name)}["${task.name}"]`),
    ...pipeline.tasks.flatMap((task) => {
      const arrow = rule(task) === '' ? '-->' : `-- ${rule(task)} -->`;
      return task.after.map((upstream) => `  ${ids.get(upstream)} ${arrow} ${ids.get(task.name)}`);
    }),
  ];
}

/** The join rule, unless it is the default. */
function rule(task: Task | undefined): string {
  if (task === undefined || task.when === 'all_succeeded') return '';
  return typeof task.when === 'object' ? `at_least ${task.when.atLeast}` : task.when;
}
