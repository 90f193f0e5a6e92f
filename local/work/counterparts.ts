import { athenaService } from './athena-service.ts';
import type { Counterpart } from './counterpart.ts';
import { crawlerService } from './crawler-service.ts';
import { dataQualityService } from './data-quality-service.ts';

/** What stands locally for the services of the kinds of tasks, by kind. Glue jobs have theirs in `local/glue`. */
export const counterparts: Readonly<Record<string, Counterpart>> = {
  crawler: crawlerService,
  athena: athenaService,
  'data-quality': dataQualityService,
};
