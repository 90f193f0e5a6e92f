import { render } from 'preact';
import { useMemo } from 'preact/hooks';
import { useRoute } from './page/route.ts';
import { ownZone, timesIn } from './page/times.ts';
import { ShownContext } from './parts/shown.ts';
import { Frame } from './views/frame.tsx';

function Page() {
  const route = useRoute();
  const zone = route.query.zone ?? ownZone;
  const shown = useMemo(() => ({ route, times: timesIn(zone) }), [route, zone]);
  return (
    <ShownContext.Provider value={shown}>
      <Frame />
    </ShownContext.Provider>
  );
}

render(<Page />, document.body);
