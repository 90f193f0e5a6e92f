import { listOf } from '../../reading/fields.ts';
import type { Report } from '../../reading/finding.ts';
import type { Nearest } from '../../reading/nearest.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { readDuration } from '../../units/duration.ts';
import type { Draft, DraftTask } from '../file/draft.ts';
import { checkLocal } from './check-local.ts';
import { checkPool } from './check-pool.ts';
import type { Upstream } from './upstream.ts';

/** Checks each task, and the tasks that it waits for. */
export function checkTasks(draft: Draft, upstream: Upstream, report: Report, nearest: Nearest): void {
  if (draft.empty) {
    const remedy = 'add at least one below `tasks:`, such as `extract: { glue-job: extract-orders }`';
    report({ path: ['tasks'], key: true, code: 'no-tasks', message: 'the pipeline has no tasks', remedy });
  }
  for (const task of draft.tasks.values()) {
    checkAfter(task, draft, report, nearest);
    checkWhen(task, report);
    checkPool(task, report);
    if (task.work === undefined || !task.whole) continue;
    checkLocal(task, report);
    const { timeout } = task.fields;
    kindOf(task.work.kind).file.check(task.work, timeout === undefined ? undefined : readDuration(timeout), (finding) =>
      report({ ...finding, path: ['tasks', task.name, ...finding.path] }),
    );
  }
  for (const cycle of upstream.cycles) {
    const [first = ''] = cycle;
    const message = `these tasks wait for each other in a cycle: ${cycle.join(' → ')}`;
    const remedy = 'remove one of them from the `after` of the next';
    report({ path: ['tasks', first, 'after'], code: 'cycle', message, remedy });
  }
}

function checkAfter({ name, fields, after }: DraftTask, draft: Draft, report: Report, nearest: Nearest): void {
  const seen = new Set<string>();
  for (const [at, upstream] of after.entries()) {
    const path = ['tasks', name, 'after', ...(Array.isArray(fields.after) ? [at] : [])];
    if (upstream === name) {
      report({
        path,
        code: 'self-dependency',
        message: `\`${name}\` waits for itself`,
        remedy: 'remove it from `after`',
      });
    } else if (!draft.declared.tasks.has(upstream)) {
      const nothing = /^(none|null|nil)$/i.test(upstream)
        ? 'remove `after`: a task without it starts first'
        : undefined;
      const remedy =
        nothing ?? nearest.remedy(upstream, draft.declared.tasks, 'add that task, or remove it here', name);
      report({ path, code: 'unknown-upstream', message: `there is no task \`${upstream}\` to wait for`, remedy });
    } else if (seen.has(upstream)) {
      const message = `\`${name}\` waits for \`${upstream}\` twice`;
      report({ path, code: 'duplicate-upstream', message, remedy: 'remove one of the two' });
    }
    seen.add(upstream);
  }
}

function checkWhen({ name, fields, after, complete }: DraftTask, report: Report): void {
  const path = ['tasks', name, 'when'];
  if (fields.when === undefined || !complete) return;
  if (listOf(fields.after).length === 0) {
    const message = `\`when\` has no effect: \`${name}\` waits for no task`;
    report({
      path,
      key: true,
      code: 'when-without-after',
      message,
      remedy: 'name the tasks that it waits for in `after`, or remove `when`',
    });
  } else if (typeof fields.when === 'object' && fields.when.at_least > after.length) {
    const message = `\`${name}\` needs ${fields.when.at_least} successes, but waits for ${after.length === 1 ? '1 task' : `${after.length} tasks`}`;
    const remedy = `write at most ${after.length}, or name more tasks in \`after\``;
    report({ path: [...path, 'at_least'], code: 'at-least', message, remedy });
  }
}
