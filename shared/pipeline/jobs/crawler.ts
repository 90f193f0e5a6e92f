import type * as z from 'zod/mini';
import { listOf } from '../../reading/fields.ts';
import type { crawler as crawlerSchema } from './jobs-schema.ts';

/** A Glue crawler that the stack makes, and that runs locally. */
export type Crawler = {
  readonly name: string;
  readonly database: string;
  /** `s3://bucket/folder/` or one file. */
  readonly paths: readonly string[];
  readonly tablePrefix: string;
  /** Key patterns to exclude, relative to the path. */
  readonly exclusions: readonly string[];
};

export function toCrawler(name: string, fields: z.output<typeof crawlerSchema>): Crawler {
  const { database, path, tablePrefix = '', exclude } = fields;
  return { name, database, paths: listOf(path), tablePrefix, exclusions: listOf(exclude) };
}
