import { jsonText } from '../data/json-text.ts';
import type { Documents, Frame } from '../frames/execution.ts';

/** A frame as stored: the part that often changes, and separately the documents, which may be large. */
export function frameHead(frame: Frame): string {
  const { documents: _documents, ...head } = frame;
  return JSON.stringify(head);
}

/** Built from texts that the history has already printed. */
export function frameDocuments({ documents }: Frame): string {
  const { input, variables, data } = documents;
  const last = data === undefined ? '' : `,"data":${jsonText(data)}`;
  return `{"input":${jsonText(input)},"variables":${jsonText(variables)}${last}}`;
}

export function parseFrame(head: string, documents: string): Frame {
  const stored: unknown = JSON.parse(head);
  const parsed: unknown = JSON.parse(documents);
  return { ...(stored as Omit<Frame, 'documents'>), parent: parentIn(stored), documents: parsed as Documents };
}

/** The root frame has none, and JSON omits it. */
function parentIn(stored: unknown): number | undefined {
  return (stored as Partial<Frame>).parent;
}
