import { type Check, notSettled } from './check.ts';

/** No code reads the event yet, because there is no task kind for it. */
export const dataQuality: Check = {
  name: 'data-quality',
  assumes: 'either spelling of the result’s fields (resultID or resultId, rulesFailed or numRulesFailed)',
  cost: 0,
  needs: 'data quality',
  run: async () => notSettled('no evaluation was started'),
};
