import type { Report } from '../../reading/finding.ts';
import { kindOf } from '../../tasks/kinds.ts';
import type { DraftTask } from '../file/draft.ts';

/** Checks how a task runs locally. */
export function checkLocal({ name, fields, work }: DraftTask, report: Report): void {
  const { local } = fields;
  if (local === undefined || work === undefined) return;
  const path = ['tasks', name, 'local'];
  const { noLocal } = kindOf(work.kind).file;
  if (noLocal !== undefined) {
    report({
      path,
      key: true,
      code: 'local',
      message: `\`local\` is not for this task: ${noLocal}`,
      remedy: 'remove it',
    });
  } else if ((local.simulate === undefined) === (local.command === undefined)) {
    const message = '`local` says either how long it takes, or what to run';
    report({ path, code: 'local', message, remedy: 'write `simulate: 60s`, or `command: [node, load.mjs]`' });
  }
}
