import { useEffect, useState } from 'preact/hooks';

type Listener = (isThere: boolean) => void;

const listeners = new Set<Listener>();
let there = true;

/** Whether the server has answered the latest request at all. */
export function reportContact(isThere: boolean): void {
  if (there === isThere) return;
  there = isThere;
  for (const listener of listeners) listener(isThere);
}

export function useContact(): boolean {
  const [isThere, setThere] = useState(there);
  useEffect(() => {
    listeners.add(setThere);
    return () => void listeners.delete(setThere);
  }, []);
  return isThere;
}
