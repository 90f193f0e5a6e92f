import { lakeReport } from './lake-report.ts';
import type { PipelineTemplate } from './pipeline-template.ts';

/** What `gluewright new --template` can make. The files of each are in `templates/NAME`. */
export const pipelineTemplates: Readonly<Record<string, PipelineTemplate>> = { 'lake-report': lakeReport };
