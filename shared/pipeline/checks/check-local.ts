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
      message: `\`local\` has no place in this task: ${noLocal}`,
      remedy: 'remove it',
    });
  } else if ((local.simulate === undefined) === (local.command === undefined)) {
    const message = '`local` needs either `simulate` or `command`';
    report({
      path,
      code: 'local',
      message,
      remedy: 'write `simulate: 60s`, or `command: [node, load.mjs]`, but not both',
    });
  }
}
