import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { unavailable } from '../protocol/messages.ts';
import type { System } from '../services/system.ts';

export type LambdaHandler = (event: unknown, context?: Context) => Promise<unknown>;

/** The state that invoked the function invokes it again. */
export class Unavailable extends Error {
  override readonly name = unavailable;
}

/** An error for the caller: Lambda reports a failure only by throwing. `name`: the error. */
export class Told extends Error {
  override readonly name: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.name = error;
  }
}

export type Door<Event> = {
  readonly name: string;
  /** @throws {UnreadableEvent} */
  readonly parse: (event: unknown) => Event;
  readonly act: (system: System, event: Event) => Promise<unknown>;
  /** True: every failure inside but {@link Told} is {@link Unavailable} to the caller. */
  readonly retried?: boolean;
};

/** A Lambda function: parses its event, calls one use case, and logs failures. */
export function openDoor<Event>(system: System, door: Door<Event>): LambdaHandler {
  const handler = middy<unknown, unknown>()
    .onError(({ error }) => {
      if (error instanceof Told) return;
      system.log({ message: 'failed', function: door.name, error: error?.name ?? '', cause: error?.message ?? '' });
    })
    .handler(async (event: unknown) => {
      const parsed = door.parse(event);
      try {
        return await door.act(system, parsed);
      } catch (cause) {
        if (cause instanceof Told) throw cause;
        throw door.retried === true ? new Unavailable(`${door.name} could not finish`, { cause }) : cause;
      }
    });
  // middy fills in a missing context; its types do not say so
  return (event, context) => handler(event, context as Context);
}
