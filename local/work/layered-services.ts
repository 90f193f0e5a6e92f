import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';

export type Services = Readonly<Record<string, Service>>;

type Operation = Service['operations'][string];

/** Combines services with equal names. If the service above does not know an entity, the one below answers. */
export function layered(above: Services, below: Services): Services {
  const both = Object.entries(above).map(([name, { operations }]): [string, Service] => {
    const under = below[name]?.operations ?? {};
    const over = Object.entries(operations).map(([operation, act]) => [operation, otherwise(act, under[operation])]);
    return [name, { operations: { ...under, ...Object.fromEntries(over) } }];
  });
  return { ...below, ...Object.fromEntries(both) };
}

function otherwise(act: Operation, below: Operation | undefined): Operation {
  if (below === undefined) return act;
  return async (input) => {
    try {
      return await act(input);
    } catch (error) {
      if (error instanceof ServiceError && error.name === 'EntityNotFoundException') return below(input);
      throw error;
    }
  };
}
