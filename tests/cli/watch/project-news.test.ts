import { expect, test } from 'vitest';
import { projectNews } from '../../../cli/watch/project-news.ts';

const problem = {
  file: 'statemachines/orders.yml',
  line: 3,
  column: 5,
  severity: 'error',
  code: 'unknown-key',
  message: 'unknown key `jobb`',
  remedy: 'did you mean `job`?',
} as const;

test('problems come and go, and what was deployed last stays', () => {
  const { state, note } = projectNews([]);
  expect(state()).toEqual({ deployed: [], removed: [], problems: [] });
  note({ deployed: ['orders'], removed: [], problems: [] });
  const { deployedAt } = state();
  expect(deployedAt).toBeDefined();
  note({ deployed: [], removed: [], problems: [problem] });
  expect(state()).toEqual({ deployedAt, deployed: ['orders'], removed: [], problems: [problem] });
  note({ deployed: [], removed: [], problems: [], failure: 'the disk is full' });
  expect(state()).toMatchObject({ deployed: ['orders'], failure: 'the disk is full' });
});
