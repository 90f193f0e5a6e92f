import { athenaService } from './athena-service.ts';
import { batchService } from './batch-service.ts';
import type { Counterpart } from './counterpart.ts';
import { crawlerService } from './crawler-service.ts';
import { dataQualityService } from './data-quality-service.ts';
import { ecsService } from './ecs-service.ts';
import { emrServerlessService } from './emr-serverless-service.ts';
import { emrStepService } from './emr-step-service.ts';
import { redshiftService } from './redshift-service.ts';

/** The local services by kind of task. The one of Glue jobs is in `local/glue`. */
export const counterparts: Readonly<Record<string, Counterpart>> = {
  crawler: crawlerService,
  athena: athenaService,
  'data-quality': dataQualityService,
  ecs: ecsService,
  'emr-serverless': emrServerlessService,
  redshift: redshiftService,
  batch: batchService,
  'emr-step': emrStepService,
};
