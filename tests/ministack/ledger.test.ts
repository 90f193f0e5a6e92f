import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { ledgerContract } from '../shared/ledger/contract.ts';
import { ledgersAt } from '../shared/ledger/ledgers-at.ts';
import { type Ministack, startMinistack, whyNoMinistack } from './start-ministack.ts';

describe('the ledger on MiniStack’s DynamoDB', () => {
  const reason = whyNoMinistack();
  let ministack: Ministack | undefined;
  let newLedger: () => Promise<Ledger>;

  beforeAll(async () => {
    if (reason !== undefined) return;
    ministack = await startMinistack();
    newLedger = ledgersAt(ministack.endpoint);
  });
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  afterAll(() => ministack?.stop());

  ledgerContract(() => newLedger());
});
