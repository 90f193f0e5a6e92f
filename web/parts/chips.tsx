import { hrefWith } from '../page/route.ts';
import { useShown } from './shown.ts';

type Props = {
  readonly label: string;
  /** What the choice is called in the address. */
  readonly name: string;
  /** The first one is the default. */
  readonly choices: readonly { readonly key: string; readonly word: string; readonly count?: number }[];
};

/** A choice of filters, each with its number of matches. */
export function Chips({ label, name, choices }: Props) {
  const { route } = useShown();
  const chosen = route.query[name] ?? choices[0]?.key;
  return (
    <nav class="chips" aria-label={label}>
      {choices.map(({ key, word, count }, index) => (
        <a
          key={key}
          href={hrefWith(route, { [name]: index === 0 ? '' : key, cursor: '' })}
          {...(key === chosen ? { 'aria-current': 'true' } : {})}
        >
          {word}
          {count !== undefined && <span class="count">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
