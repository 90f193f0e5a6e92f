import * as z from 'zod/mini';
import { ServiceError } from '../../service/service-error.ts';

const tag = z.object({ key: z.string(), value: z._default(z.string(), '') });
export const tagList = z.array(tag);
export const optionalTags = z._default(tagList, []);

/** Step Functions quotas. */
const mostTags = 50;

/** @throws {ServiceError} TooManyTags */
export function tagsAsObject(tags: Iterable<z.infer<typeof tag>>, resource: string): Record<string, string> {
  const all = Object.fromEntries([...tags].map(({ key, value }) => [key, value]));
  if (Object.keys(all).length <= mostTags) return all;
  throw new ServiceError('TooManyTags', `Too Many Tags: '${resource}'`);
}
