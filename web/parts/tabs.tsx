import { hrefWith } from '../page/route.ts';
import { useShown } from './shown.ts';

type Props = { readonly label: string; readonly tabs: Readonly<Record<string, string>>; readonly chosen: string };

/** Tabs of one view; the address says which is open. */
export function Tabs({ label, tabs, chosen }: Props) {
  const { route } = useShown();
  return (
    <nav class="tabs" aria-label={label}>
      {Object.entries(tabs).map(([key, name]) => (
        <a key={key} href={hrefWith(route, { tab: key })} {...(key === chosen ? { 'aria-current': 'page' } : {})}>
          {name}
        </a>
      ))}
    </nav>
  );
}
