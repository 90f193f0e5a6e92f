import type { Doubt } from './deploy-problem.ts';

/**
 * All that belongs to a stage begins with `SERVICE-STAGE-`: rules and, in large projects, policies say no more than that.
 * Without a hyphen in it, no stage's beginning is that of another one.
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
