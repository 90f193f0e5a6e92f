import { writeFileSync } from 'node:fs';
import { openApi } from '../shared/api/open-api.ts';

// The description that is served is published as well; a test compares the two.
writeFileSync(new URL('../docs/openapi.json', import.meta.url), `${JSON.stringify(openApi(), undefined, 2)}\n`);
