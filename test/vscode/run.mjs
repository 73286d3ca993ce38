/**
 * Tests in a real VS Code: `node test/vscode/run.mjs [--vscode 1.100|1.90|all] [--vsix FILE] [--only TEXT] [--inside]
 * [--driven] [--results FILE.json] [--headed]`. Expects `dist/` to be built. Compiles the suites, then runs them.
 */
import { pathToFileURL } from 'node:url';
import { buildSuites } from './build.mjs';

const { program } = await buildSuites();
process.setSourceMapsEnabled(true);
// In this process, so that whoever ends it ends the VS Codes, too.
await import(pathToFileURL(program).href);
