import { writeFileSync } from 'node:fs';
import { openApi } from '../shared/api/open-api.ts';

// Publishes the description that the API serves. A test compares the two.
writeFileSync(new URL('../docs/openapi.json', import.meta.url), `${JSON.stringify(openApi(), undefined, 2)}\n`);
