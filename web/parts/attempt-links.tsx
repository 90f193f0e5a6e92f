import { useState } from 'preact/hooks';
import type { TaskDetail } from '../../shared/views/run/task-detail.ts';
import { get } from '../api/ask.ts';

type Links = TaskDetail['attempts'][number]['links'];

/** Links to the service's own pages. Spark's address works only for a while, so it is requested on demand. */
export function AttemptLinks({ links: { console, sparkUi } }: { readonly links: Links }) {
  const [{ url, why }, setFound] = useState<{ readonly url?: string; readonly why?: string }>({});
  const ask = (path: string): void => {
    get<{ readonly url: string }>(path).then(
      (answer) => answer !== 'same' && setFound({ url: answer.value.url }),
      (error: unknown) => setFound({ why: error instanceof Error ? error.message : String(error) }),
    );
  };
  return (
    <>
      {isWeb(console) && (
        <a href={console} target="_blank" rel="noreferrer">
          AWS console
        </a>
      )}{' '}
      {sparkUi !== undefined && url === undefined && (
        <button type="button" class="small" onClick={() => ask(sparkUi)}>
          Spark UI …
        </button>
      )}
      {isWeb(url) && (
        <a href={url} target="_blank" rel="noreferrer">
          Open the Spark UI
        </a>
      )}
      {why !== undefined && <span class="problem">{why}</span>}
    </>
  );
}

function isWeb(address: string | undefined): address is string {
  return address?.startsWith('https://') === true;
}
