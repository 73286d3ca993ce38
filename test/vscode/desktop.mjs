/** `npm run test:desktop`: compiles the suites, then runs those inside the extension host in the desktop program. */
import { pathToFileURL } from 'node:url';
import { buildSuites } from './build.mjs';

const { desktop } = await buildSuites();
process.setSourceMapsEnabled(true);
await import(pathToFileURL(desktop).href);
