import type { Example } from './kit/example.ts';
import { salesReport } from './sales-report/example.ts';

/** Every example, by the name of its folder. */
export const examples: Readonly<Record<string, Example>> = {
  'sales-report': salesReport,
};
