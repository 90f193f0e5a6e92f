import { crawlerCalls } from './crawler-calls.ts';
import { dataQualityCalls } from './data-quality-calls.ts';
import { glueJobCalls } from './glue-job-calls.ts';
import { partitionCalls } from './partition-calls.ts';

export const glueCalls = { ...glueJobCalls, ...crawlerCalls, ...dataQualityCalls, ...partitionCalls };
