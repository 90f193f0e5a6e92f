import { readdirSync, readFileSync } from 'node:fs';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { pipelineFrom } from '../pipeline-from.ts';

const folder = new URL('../../docs/task-kinds/', import.meta.url);

/** The pipelines of `docs/task-kinds/`: each kind of task has a page there, whose first example is a whole file. */
export function pipelinesOfDocs(): Pipeline[] {
  return readdirSync(folder).flatMap((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const [, block] = /```yaml\n(pipeline:[\s\S]*?)```/.exec(text) ?? [];
    if (block === undefined) return [];
    return [pipelineFrom(block, name)];
  });
}
