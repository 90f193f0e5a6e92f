import type { Path, Report } from '../../reading/finding.ts';
import { type Draft, type DraftTrigger, listOf } from '../file/draft.ts';

type DraftDatasetsTrigger = Extract<DraftTrigger, { datasets: unknown }>;

/** Whether a trigger waits for datasets that can be there. */
export function checkDatasets(trigger: DraftDatasetsTrigger, path: Path, draft: Draft, report: Report): void {
  const { datasets: rule, by, optional } = trigger;
  const key = 'all' in rule ? 'all' : 'any' in rule ? 'any' : 'of';
  const names = 'all' in rule ? rule.all : 'any' in rule ? rule.any : rule.of;
  if (names.length === 0) {
    report({
      path: [...path, 'datasets', key],
      code: 'no-datasets',
      message: 'no dataset is named',
      remedy: 'name at least one, or remove the trigger',
    });
  }
  if ('at_least' in rule && rule.at_least > names.length && names.length > 0) {
    const message = `the trigger wants ${rule.at_least} datasets, and names ${names.length} only`;
    report({
      path: [...path, 'datasets', 'at_least'],
      code: 'at-least',
      message,
      remedy: `write at most ${names.length}, or name more of them`,
    });
  }
  const own = new Set([...draft.tasks.values()].flatMap(({ fields }) => listOf(fields.publishes)));
  for (const [at, name] of names.entries()) {
    if (!own.has(name)) continue;
    const message = `the pipeline publishes \`${name}\` itself: each run would start the next, for ever`;
    report({ path: [...path, 'datasets', key, at], code: 'own-dataset', message, remedy: 'remove it here' });
  }
  for (const name of listOf(optional)) {
    if (!names.includes(name) && !own.has(name)) continue;
    const message = own.has(name) ? `the pipeline publishes \`${name}\` itself` : `\`${name}\` is waited for anyway`;
    report({ path: [...path, 'optional'], code: 'optional-dataset', message, remedy: 'remove it here' });
  }
  for (const needing of ['optional', 'otherwise'] as const) {
    if (by !== undefined || trigger[needing] === undefined) continue;
    const message = `\`${needing}\` says nothing without a deadline`;
    report({
      path: [...path, needing],
      key: true,
      code: 'no-deadline',
      message,
      remedy: 'add `by`, a time of day such as "07:00", or remove it',
    });
  }
}
