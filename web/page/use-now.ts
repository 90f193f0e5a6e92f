import { useEffect, useState } from 'preact/hooks';

/** The current time, updated only while something live is shown. */
export function useNow(isLive: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isLive]);
  return now;
}
