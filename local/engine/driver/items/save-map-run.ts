import type { Notice } from '../../frames/command.ts';
import type { Execution } from '../../frames/execution.ts';
import type { EngineStore } from '../../ports/engine-store.ts';
import { type MapRunDocument, readDocument, storedDocument } from '../../store/machine-document.ts';

/** Saves the data of DescribeMapRun. The counts are computed from the children on request. */
export function saveMapRun(store: EngineStore, execution: Execution, notice: Notice & { kind: 'map-run' }): void {
  const { mapRunArn: arn, at, status, limits } = notice;
  const known = readDocument<MapRunDocument>(store.document('map-run', arn));
  const begun: MapRunDocument = known ?? {
    arn,
    executionArn: execution.arn,
    machineArn: execution.machine.arn,
    status,
    startedAt: at,
    limits: { maxConcurrency: 0, toleratedCount: 0, toleratedPercentage: 0 },
  };
  const ended = status === 'RUNNING' ? {} : { stoppedAt: at };
  store.saveDocument(
    'map-run',
    arn,
    storedDocument({ ...begun, status, limits: { ...begun.limits, ...limits }, ...ended }),
  );
}
