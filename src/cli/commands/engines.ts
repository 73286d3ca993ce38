import type { Command } from 'commander';
import { engineWord } from '../../common/engineWords';
import { listEngines, rankEngines } from '../../engine/start';
import { createOutput } from '../printing/output';

/** `engines`: which engines this machine has, and which one would be used and why. */
export function addEngines(program: Command): void {
  program
    .command('engines')
    .description('which engines this machine has, and which one would be used and why')
    .option('--json', 'one JSON document on standard output')
    .action(async ({ json = false }: { json?: boolean }) => {
      const output = createOutput(json);
      const engines = await listEngines();
      const best = rankEngines(engines)[0];
      output.document({ engines, used: best?.name ?? null });
      for (const engine of engines) {
        if (engine.usable) {
          output.line(
            `${engineWord(engine.name)}: ${engine.version}, ${engine.device}, self-test ${engine.selfTestMilliseconds.toFixed(1)} ms`,
          );
        } else {
          output.line(
            `${engineWord(engine.name)}: cannot be used: ${engine.reason}${engine.advice === undefined ? '' : `. ${engine.advice}`}`,
          );
        }
      }
      output.line();
      output.line(
        best === undefined
          ? 'No engine can be used.'
          : `Used by --engine auto: ${engineWord(best.name)}, the fastest that passes its self-test.`,
      );
    });
}
