import { duration, lasted } from '../page/times.ts';
import { useNow } from '../page/use-now.ts';

/** How long something took. It counts by itself while that goes on, so that nothing around it is painted again. */
export function Lasting({ from, to }: { readonly from: string; readonly to: string | undefined }) {
  const now = useNow(to === undefined);
  return <>{duration(lasted(from, to, now) ?? 0)}</>;
}
