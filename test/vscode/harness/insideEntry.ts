/** What VS Code loads as `extensionTestsPath`. */
import 'suites:inside';
import { runRegistered } from './inHost';

export const run = runRegistered;
