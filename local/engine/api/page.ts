import * as z from 'zod/mini';
import { ServiceError } from '../../service/service-error.ts';

/** `maxResults` and `nextToken` of list operations. */
export const pageInput = {
  maxResults: z.optional(z.number().check(z.gte(0), z.lte(1_000))),
  nextToken: z.optional(z.string()),
};

/** One page of a list, with 100 entries by default. The token is the position of the next page. */
export function page<T>(
  all: readonly T[],
  maxResults: number | undefined,
  token: string | undefined,
): { readonly items: readonly T[]; readonly nextToken: { readonly nextToken?: string } } {
  const from = placeIn(token) ?? 0;
  const to = from + pageSize(maxResults, 100);
  return { items: all.slice(from, to), nextToken: to < all.length ? { nextToken: tokenFor(to) } : {} };
}

/** 0 means the default, as on AWS. The maximum is 1,000. */
export function pageSize(maxResults: number | undefined, usual: number): number {
  return maxResults === undefined || maxResults === 0 ? usual : Math.min(maxResults, 1000);
}

export function tokenFor(place: number): string {
  return Buffer.from(`page:${place}`).toString('base64');
}

/** @throws {ServiceError} InvalidToken */
export function placeIn(token: string | undefined): number | undefined {
  if (token === undefined) return undefined;
  const [name, place] = Buffer.from(token, 'base64').toString('utf8').split(':');
  if (name !== 'page' || place === undefined || !/^\d+$/.test(place)) {
    throw new ServiceError('InvalidToken', `Invalid Token: '${token}'`);
  }
  return Number(place);
}
