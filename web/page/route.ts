import { useEffect, useState } from 'preact/hooks';

/** What is shown, and how: all of it stands in the address behind `#`, so that a copied address shows the same. */
export type Route = { readonly path: readonly string[]; readonly query: Readonly<Record<string, string>> };

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return {
    path: path
      .split('/')
      .filter((part) => part !== '')
      .map(decode),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

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
