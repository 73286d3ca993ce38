/**
 * The engine process: answers its parent's requests. `node engine.js auto|native|embedded|none`, forked with a channel that keeps typed
 * arrays. What it writes to standard error is for the log.
 */
import { engineNameOf } from '../common/engineWords';
import { ENGINE_NAMES } from '../engine/engine';
import { createService } from './service';

if (process.send === undefined) {
  console.error('This program answers the EpochLens extension. On a command line, use epochlens.');
  process.exit(2);
}

const choice =
  [...ENGINE_NAMES, 'none' as const].find((name) => name === engineNameOf(process.argv[2] ?? '')) ?? 'auto';

const service = createService({
  choice,
  send: (message) => {
    // Where the parent is gone already, there is nobody to tell.
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  },
  onWarning: (text, error) => console.error(...(error === undefined ? [text] : [`${text}:`, error])),
});

process.on('message', (message) => service.receive(message));
// The parent ended, also where it was killed: nobody would ever ask again.
process.on('disconnect', () => process.exit());
