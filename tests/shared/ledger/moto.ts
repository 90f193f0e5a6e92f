import { startMotoServer } from '../../../infra/moto-server.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';
import { ledgersAt } from './ledgers-at.ts';

export type Moto = { newLedger(): Promise<Ledger>; stop(): void };

export const noMoto = 'no moto_server on this machine';

/** moto's DynamoDB on a free loopback port. Undefined: moto is not installed. */
export async function startMoto(): Promise<Moto | undefined> {
  const server = await startMotoServer();
  if (server === undefined) return undefined;
  return { newLedger: ledgersAt(server.endpoint), stop: server.stop };
}
