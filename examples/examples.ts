import type { Example } from './kit/example.ts';
import { movielens } from './movielens/example.ts';
import { nightlyBuild } from './nightly-build/example.ts';
import { productFeed } from './product-feed/example.ts';
import { salesLake } from './sales-lake/example.ts';
import { salesReport } from './sales-report/example.ts';
import { twoStageLake } from './two-stage-lake/example.ts';
import { weeklyJoin } from './weekly-join/example.ts';

/** Every example, by the name of its folder. */
export const examples: Readonly<Record<string, Example>> = {
  movielens,
  'nightly-build': nightlyBuild,
  'product-feed': productFeed,
  'sales-lake': salesLake,
  'sales-report': salesReport,
  'two-stage-lake': twoStageLake,
  'weekly-join': weeklyJoin,
};
