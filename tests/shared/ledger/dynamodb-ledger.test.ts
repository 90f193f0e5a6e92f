import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Stage } from '../world/stage.ts';
import { World } from '../world/world.ts';
import { ledgerContract } from './contract.ts';
import { type Moto, noMoto, startMoto } from './moto.ts';

describe('the ledger on DynamoDB', () => {
  let moto: Moto | undefined;

  beforeAll(async () => {
    moto = await startMoto();
  });
  beforeEach((context) => {
    if (moto === undefined) context.skip(noMoto);
  });
  afterAll(() => moto?.stop());

  async function open() {
    if (moto === undefined) throw new Error(noMoto);
    return moto.newLedger();
  }

  ledgerContract(open);

  test('completes a run with a retry and a gate', async () => {
    const world = new World(undefined, await open());
    const stage = new Stage(world, { a: ['FAILED', 'SUCCEEDED'] }, () => ({ lost: false, doubled: true, late: false }));
    await stage.play();
    const succeeded = { status: 'succeeded' };
    expect(stage.outcomes).toEqual({ a: succeeded, b: succeeded, c: succeeded });
    expect(await world.open()).toEqual([]);
  });
});
