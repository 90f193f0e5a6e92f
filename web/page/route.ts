import { useEffect, useState } from 'preact/hooks';
import { parseRoute, type Route } from './parse-route.ts';

export type { Route };

export function formatRoute({ path, query }: Route): string {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${given === '' ? '' : `?${given}`}`;
}

/** Choices for all views stay in each link. */
const everywhere = ['zone', 'theme'];

export function hrefTo(route: Route, path: readonly string[], query: Route['query'] = {}): string {
  const kept = Object.fromEntries(Object.entries(route.query).filter(([key]) => everywhere.includes(key)));
  return formatRoute({ path, query: { ...kept, ...query } });
}

/** The same view with another choice. @param changes an empty text removes a choice */
export function hrefWith(route: Route, changes: Route['query']): string {
  return formatRoute({ path: route.path, query: { ...route.query, ...changes } });
}

export function go(href: string): void {
  location.hash = href;
}

/** Without an entry in the browser's history, for choices while typing. */
export function goQuietly(href: string): void {
  history.replaceState(null, '', href);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const onChange = (): void => setHash(location.hash);
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return parseRoute(hash);
}
