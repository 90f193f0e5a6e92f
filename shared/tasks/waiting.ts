import type { ByToken, Looks, Order } from './task-kind.ts';

type Given<W extends { readonly kind: string }> = Pick<ByToken<W>, 'work' | 'name' | 'errors'> &
  Partial<Pick<ByToken<W>, 'sends' | 'gone'>> & { readonly looks: Looks<W> };

/** How a task runs that waits for something that no service does: it begins at once, and whoever looks ends it. */
export function waiting<W extends { readonly kind: string }>({ sends = [], ...given }: Given<W>) {
  const idOf = ({ run, task, attempt }: Order<W>): string => `${run}/${task}/${attempt}`;
  return {
    by: 'token',
    isMarked: () => true,
    begin: () => undefined,
    begun: (_: unknown, order: Order<W>) => idOf(order),
    find: {
      call: () => undefined,
      read: (_: unknown, order: Order<W>) => ({
        items: [{ id: idOf(order), state: { is: 'open', says: 'waiting' }, times: {} }],
      }),
    },
    ask: {
      call: () => {
        throw new NothingToAsk('it is looked at instead');
      },
      read: () => undefined,
    },
    stop: {
      atOnce: 1,
      call: () => {
        throw new NothingToAsk('nothing runs that could be stopped');
      },
    },
    refused: [],
    gone: [],
    sends,
    ...given,
  } as const satisfies ByToken<W>;
}

class NothingToAsk extends Error {
  override readonly name = 'NothingToAsk';
}
