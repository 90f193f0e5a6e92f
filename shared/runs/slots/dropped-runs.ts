import * as z from 'zod/mini';

/** Runs of the overflow that are dropped: those requested up to then, of one trigger if one is named. */
export const forgone = z.object({
  /** Epoch milliseconds. */
  until: z.number(),
  trigger: z.exactOptional(z.string()),
  /** The held ones, or the others. */
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
