/** The places of each pool, by its name. */
export type Pools = Readonly<Record<string, number>>;

/** A task's share of a pool. `priority`: the higher, the sooner it gets its places. */
export type PoolUse = { readonly name: string; readonly places: number; readonly priority: number };

/** Places of the largest pool: each start of a task in it reads all that are taken. */
export const mostPlaces = 1000;

/** Places of one task: they are taken in one transaction, which has room for 100 changes. */
export const mostPlacesOfTask = 50;
