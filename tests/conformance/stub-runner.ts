import { TaskFailure, type TaskRunner } from '../../local/engine/engine.ts';
import type { Answer } from './stub-player.ts';
import { submissionAnswer } from './submission-answer.ts';

/** Answers calls as recorded. Tasks with a token are answered right after their submission. */
export function stubRunner(
  next: (state: string, input: unknown) => Answer,
  call: (operation: string, request: object) => Promise<unknown>,
): TaskRunner {
  async function settle(taskToken: string, answer: Answer): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if ('throw' in answer) await call('SendTaskFailure', { taskToken, ...answer.throw });
    else if ('return' in answer) await call('SendTaskSuccess', { taskToken, output: JSON.stringify(answer.return) });
  }

  return {
    nested: true,
    async run({ resource, arguments: given, stateName, taskToken, submitted }) {
      const answer = next(stateName, given);
      const submission = submissionAnswer(resource, given, answer);
      if (resource.endsWith('.waitForTaskToken')) {
        void settle(taskToken, answer);
        return submission;
      }
      if (/\.sync(:2)?$/.test(resource)) submitted(submission);
      if ('hang' in answer) return await new Promise(() => undefined);
      if ('throw' in answer) throw new TaskFailure(answer.throw.error, answer.throw.cause);
      return answer.return;
    },
  };
}
