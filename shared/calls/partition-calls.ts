import { GetPartitionCommand, type GetPartitionCommandInput, GlueClient } from '@aws-sdk/client-glue';
import type { Clients } from './clients.ts';

export const partitionCalls = {
  'glue:GetPartition': (of: Clients, input: GetPartitionCommandInput) =>
    of(GlueClient).send(new GetPartitionCommand(input)),
};
