import { firstWaiting, heldPlaces } from '../shared/actors/kit/pool-queue.ts';
import type { Ledger } from '../shared/ledger/ledger.ts';

export type SimulatedPool = { readonly held: number; readonly waiting: number };

export async function simulatedPool(ledger: Ledger, name: string): Promise<SimulatedPool> {
  const held = await heldPlaces(ledger, name);
  const { waiting } = await firstWaiting(ledger, name, 1_000);
  return { held: held.length, waiting: waiting.length };
}
