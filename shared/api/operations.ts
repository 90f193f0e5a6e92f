import type { Operation } from './kit/operation.ts';
import { decideTask } from './operations/decide-task.ts';
import { dropDeadLetter } from './operations/drop-dead-letter.ts';
import { explainRun } from './operations/explain-run.ts';
import { findArrivals } from './operations/find-arrivals.ts';
import { getBatch } from './operations/get-batch.ts';
import { getGrid } from './operations/get-grid.ts';
import { getHealth } from './operations/get-health.ts';
import { getLayout } from './operations/get-layout.ts';
import { getPipeline } from './operations/get-pipeline.ts';
import { getProject } from './operations/get-project.ts';
import { getRun } from './operations/get-run.ts';
import { getRunDefinition } from './operations/get-run-definition.ts';
import { getSparkUi } from './operations/get-spark-ui.ts';
import { getTask } from './operations/get-task.ts';
import { getVersion } from './operations/get-version.ts';
import { listBatches } from './operations/list-batches.ts';
import { listDatasets } from './operations/list-datasets.ts';
import { listDeadLetters } from './operations/list-dead-letters.ts';
import { listOrphans } from './operations/list-orphans.ts';
import { listPipelines } from './operations/list-pipelines.ts';
import { listQueues } from './operations/list-queues.ts';
import { listRunEvents } from './operations/list-run-events.ts';
import { listRuns } from './operations/list-runs.ts';
import { listSchedules } from './operations/list-schedules.ts';
import { listWaiting } from './operations/list-waiting.ts';
import { pausePipeline } from './operations/pause-pipeline.ts';
import { planRerun } from './operations/plan-rerun.ts';
import { planReruns } from './operations/plan-reruns.ts';
import { planStops } from './operations/plan-stops.ts';
import { readTaskLog } from './operations/read-task-log.ts';
import { replayDeadLetter } from './operations/replay-dead-letter.ts';
import { rerunRun } from './operations/rerun-run.ts';
import { rerunRuns } from './operations/rerun-runs.ts';
import { resumePipeline } from './operations/resume-pipeline.ts';
import { startRun } from './operations/start-run.ts';
import { stopOrphans } from './operations/stop-orphans.ts';
import { stopRun } from './operations/stop-run.ts';
import { stopRuns } from './operations/stop-runs.ts';

/** Every operation of the API. */
export const operations: readonly Operation[] = [
  listPipelines,
  getPipeline,
  getGrid,
  getLayout,
  pausePipeline,
  resumePipeline,
  startRun,
  listRuns,
  getRun,
  listRunEvents,
  explainRun,
  getRunDefinition,
  getTask,
  readTaskLog,
  getSparkUi,
  decideTask,
  stopRun,
  planRerun,
  rerunRun,
  planReruns,
  rerunRuns,
  planStops,
  stopRuns,
  findArrivals,
  getBatch,
  listBatches,
  listDatasets,
  listSchedules,
  listWaiting,
  listQueues,
  listDeadLetters,
  replayDeadLetter,
  dropDeadLetter,
  listOrphans,
  stopOrphans,
  getProject,
  getHealth,
  getVersion,
];
