import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Route } from '../page/route.ts';
import { type Times, timesIn } from '../page/times.ts';

/** Context for every part of the page: the route and the reader's time zone. */
export type Shown = { readonly route: Route; readonly times: Times };

export const ShownContext = createContext<Shown>({ route: { path: [], query: {} }, times: timesIn('UTC') });

export function useShown(): Shown {
  return useContext(ShownContext);
}
