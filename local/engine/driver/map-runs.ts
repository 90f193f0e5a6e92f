import { jsonText } from '../data/json-text.ts';
import type { Command, ItemOrder } from '../frames/command.ts';
import type { Execution, Starter } from '../frames/execution.ts';
import type { Signal } from '../frames/signal.ts';
import type { EngineCore } from './engine-core.ts';
import { gatherResults } from './items/gather-results.ts';
import { ItemReaderFailed } from './items/item-reader-failed.ts';
import { readItems } from './items/read-items.ts';

type MapCommand = Exclude<Command, { kind: 'call' | 'cancel' }>;

export type MapRuns = {
  perform(execution: Execution, command: MapCommand): void;
  /** Called when a child ends, to signal its Map. */
  ended(child: Execution): void;
};

/** Distributed Maps: reads their items, starts their child executions, and gathers the results. */
export function createMapRuns(core: EngineCore, send: (arn: string, signal: Signal) => void): MapRuns {
  const { options, driver } = core;

  function ended({ starter, status }: { readonly starter: Starter | undefined; readonly status: string }): void {
    if (starter === undefined) return;
    const { executionArn, frame, token } = starter;
    send(executionArn, { kind: 'item-ended', frame, token, succeeded: status === 'SUCCEEDED' });
  }

  async function read(execution: Execution, { frame, token, source }: MapCommand & { kind: 'read-items' }) {
    try {
      const items = source === undefined ? [] : await readItems(options.objects, source);
      send(execution.arn, { kind: 'items-read', frame, token, items });
    } catch (thrown) {
      const cause = thrown instanceof ItemReaderFailed ? thrown.message : String(thrown);
      send(execution.arn, { kind: 'task-failed', frame, token, error: 'States.ItemReaderFailed', cause });
    }
  }

  /** A child's name is derived from its Map Run and index, so that a repeated start finds the same execution. */
  async function start(parent: Execution, frame: number, token: string, item: ItemOrder): Promise<void> {
    // arn:aws:states:REGION:ACCOUNT:mapRun:MACHINE/LABEL:RUN. A nested Map has further labels.
    const [machineAndLabels = '', run = ''] = item.mapRunArn.split(':').slice(6);
    const starter: Starter = {
      executionArn: parent.arn,
      frame,
      token,
      how: 'map-run',
      index: item.index,
      mapRunArn: item.mapRunArn,
    };
    const machine = {
      ...parent.machine,
      name: machineAndLabels,
      type: item.express ? ('EXPRESS' as const) : ('STANDARD' as const),
    };
    try {
      const { execution, status } = await core.startWithRetries({
        machineArn: parent.machine.arn,
        name: `${run}-${item.index}`,
        input: jsonText(item.input),
        starter,
        child: { machine, scope: item.scope, item: item.context },
      });
      if (execution === undefined) ended({ starter, status });
    } catch {
      ended({ starter, status: 'FAILED' }); // Its input is too large.
    }
  }

  async function gather(execution: Execution, command: MapCommand & { kind: 'gather-items' }): Promise<void> {
    const { frame, token } = command;
    try {
      const result = await gatherResults(options, command);
      send(execution.arn, { kind: 'items-gathered', frame, token, result });
    } catch (thrown) {
      const cause = thrown instanceof Error ? thrown.message : String(thrown);
      send(execution.arn, { kind: 'task-failed', frame, token, error: 'States.ResultWriterFailed', cause });
    }
  }

  return {
    ended,
    perform(execution, command) {
      if (command.kind === 'read-items') void read(execution, command);
      else if (command.kind === 'gather-items') void gather(execution, command);
      else if (command.kind === 'start-item') void start(execution, command.frame, command.token, command.item);
      else {
        for (const { arn, starter } of driver.lives()) {
          if (starter?.mapRunArn === command.mapRunArn) send(arn, { kind: 'stop' });
        }
      }
    },
  };
}
