import * as z from 'zod/mini';
import type { Pipeline } from '../../model/pipeline.ts';
import { Nearest } from '../../reading/nearest.ts';
import type { System } from '../../services/system.ts';
import { described } from './described.ts';
import { type Refusal, refuse } from './operation.ts';

/** Values in paths and queries. Names of pipelines, tasks and runs need no encoding. */

export const name = z.string().check(z.regex(/^[\w-]{1,128}$/));
export const batchName = z.string().check(z.regex(/^[\w.-]{1,300}$/));

/** Where the previous page ended. */
export const cursor = z.exactOptional(z.string().check(z.regex(/^[\x20-\x7e]{1,300}$/)));

export const time = z.iso.datetime({ offset: true });

/** A whole number in a query. */
export function count(most: number, least = 1) {
  const text = z.string(`a whole number from ${least} to ${most}`).check(z.regex(/^(0|[1-9]\d{0,5})$/));
  const bounds = z.number().check(z.minimum(least), z.maximum(most));
  const written = z.pipe(text, z.pipe(z.transform(Number), bounds));
  return z.exactOptional(described(written, () => ({ type: 'integer', minimum: least, maximum: most })));
}

/** Once or several times in a query. */
export function several<Item extends z.ZodMiniType<unknown, string>>(item: Item) {
  return z.exactOptional(
    z.union([
      z.pipe(
        z.transform((value: unknown) => (Array.isArray(value) ? value : [value])),
        z.array(item),
      ),
    ]),
  );
}

export function pipelinesOf({ catalog }: Pick<System, 'catalog'>): readonly Pipeline[] {
  return catalog.pipelines.map(({ pipeline }) => pipeline);
}

/** For filters. Absent: all. */
export function chosen(system: System, only: string | undefined): readonly Pipeline[] | Refusal {
  if (only === undefined) return pipelinesOf(system);
  const found = system.catalog.byName(only)?.pipeline;
  return found === undefined ? noPipeline(system, only) : [found];
}

export function noPipeline(system: System, wanted: string): Refusal {
  const names = pipelinesOf(system).map(({ name }) => name);
  const close = new Nearest().of(wanted, names);
  const remedy = close === undefined ? 'GET /pipelines lists those that there are' : `did you mean ${close}?`;
  return refuse(404, [`there is no pipeline ${wanted}`], { remedy });
}

export function noRun(id: string): Refusal {
  return refuse(404, [`there is no run ${id}`], { remedy: 'GET /runs lists them, the newest first' });
}
