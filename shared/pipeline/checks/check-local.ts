import type { Report } from '../../reading/finding.ts';
import { kindOf } from '../../tasks/kinds.ts';
import type { DraftTask } from '../file/draft.ts';

/** Checks how a task runs locally. */
export function checkLocal({ name, fields, work }: DraftTask, report: Report): void {
  const { local } = fields;
  if (local === undefined || work === undefined) return;
  const path = ['tasks', name, 'local'];
  const { noLocal, handlers } = kindOf(work.kind).file;
  const { simulate, command, handler, output } = local;
  const ways = [simulate, command, handler].filter((way) => way !== undefined);
  if (noLocal !== undefined) {
    report({
      path,
      key: true,
      code: 'local',
      message: `\`local\` is not allowed in this task: ${noLocal}`,
      remedy: 'remove it',
    });
  } else if (handler !== undefined && !handlers) {
    const message = 'only a task that invokes a function has a `handler`';
    report({ path: [...path, 'handler'], key: true, code: 'local', message, remedy: 'write `command` instead' });
  } else if (handler !== undefined && output !== undefined) {
    const message = 'the function itself returns the output';
    report({ path: [...path, 'output'], key: true, code: 'local', message, remedy: 'remove it' });
  } else if (ways.length !== 1) {
    const message = '`local` needs either `simulate` or `command`';
    report({
      path,
      code: 'local',
      message,
      remedy: 'write `simulate: 60s`, or `command: [node, load.mjs]`, but not both',
    });
  }
}
