import { readdirSync, readFileSync } from 'node:fs';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { pipelineFrom } from '../pipeline-from.ts';

const folder = new URL('../../docs/task-kinds/', import.meta.url);

/** The pipeline files in `docs/task-kinds/`. Each kind of task has a page, and its first example is a whole file. */
export function filesOfDocs(): { readonly page: string; readonly text: string }[] {
  return readdirSync(folder).flatMap((page) => {
    const [, text] = /```yaml\n(pipeline:[\s\S]*?)```/.exec(readFileSync(new URL(page, folder), 'utf8')) ?? [];
    return text === undefined ? [] : [{ page, text }];
  });
}

export function pipelinesOfDocs(): Pipeline[] {
  return filesOfDocs().map(({ page, text }) => pipelineFrom(text, page));
}
