import type { Doubt } from './deploy-problem.ts';

/**
 * Every name of a stage begins with `SERVICE-STAGE-`, and rules and large policies rely on that prefix. Without a
 * hyphen in it, no stage's prefix begins another's.
 */
export function checkStage(stage: string): Doubt[] {
  if (!stage.includes('-')) return [];
  return [
    {
      severity: 'error',
      code: 'stage-name',
      about: 'settings',
      part: { path: ['provider', 'stage'], key: true },
      message: `stage ${stage}: names of its things might be those of the stage ${stage.split('-')[0]}`,
      remedy: `call it by letters and digits: --stage ${stage.replaceAll('-', '')}`,
    },
  ];
}
