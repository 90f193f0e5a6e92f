import * as z from 'zod/mini';

/** Runs outside of the queue that are not to be started: those asked for up to then, where it is said only of a trigger. */
export const forgone = z.object({
  /** Epoch milliseconds. */
  until: z.number(),
  trigger: z.exactOptional(z.string()),
  /** Those that came while they were paused, or the others. */
  kept: z.boolean(),
});
type Forgone = z.output<typeof forgone>;

export function forgo(all: readonly Forgone[] | undefined, next: Forgone): Forgone[] {
  const others = (all ?? []).filter(({ trigger, kept }) => trigger !== next.trigger || kept !== next.kept);
  return [...others, next];
}

type Asking = {
  readonly trigger?: string;
  readonly outside?: { readonly asked: number; readonly kept?: true };
};

export function isForgone(all: readonly Forgone[] = [], { trigger, outside }: Asking): boolean {
  if (outside === undefined) return false;
  return all.some(
    (each) =>
      outside.asked <= each.until &&
      (each.trigger === undefined || each.trigger === trigger) &&
      each.kept === (outside.kept === true),
  );
}
