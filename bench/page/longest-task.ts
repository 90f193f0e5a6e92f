import * as z from 'zod/mini';

const trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      dur: z.exactOptional(z.number()),
      tdur: z.exactOptional(z.number()),
      args: z.exactOptional(z.unknown()),
    }),
  ),
});

const threadName = z.object({ name: z.string() });

/**
 * Milliseconds of processor time of the longest task on a renderer's main thread, from a trace of Chromium. Other work
 * on the machine does not count.
 */
export function longestTask(buffer: Buffer): number {
  const { traceEvents } = trace.parse(JSON.parse(buffer.toString()));
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && threadName.safeParse(args).data?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === 'RunTask' && mains.has(`${pid} ${tid}`));
  if (tasks.length === 0) throw new Error('the trace holds no task of a renderer');
  return Math.max(...tasks.map(({ tdur, dur = 0 }) => tdur ?? dur)) / 1_000;
}
