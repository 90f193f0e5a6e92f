import { duration, lasted } from '../page/times.ts';
import { useNow } from '../page/use-now.ts';

/** A duration that counts by itself while it is live, so nothing around it is repainted. */
export function Lasting({ from, to }: { readonly from: string; readonly to: string | undefined }) {
  const now = useNow(to === undefined);
  return <>{duration(lasted(from, to, now) ?? 0)}</>;
}
