import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { architecture as architectureOf, type ArchitectureName } from '../../src/architectures';
import { networkLines } from '../../src/weights/exporting/python';

/** Writes FOLDER/ARCHITECTURE.py: the Python that makes the network, for the scripts beside this file. */
export function writeNetwork(folder: string, architecture: ArchitectureName): void {
  const names = architectureOf(architecture).python('timm', 10) === undefined ? 'torchvision' : 'timm';
  const lines = networkLines({ architecture, names, classes: 10 });
  writeFileSync(join(folder, `${architecture}.py`), lines.join('\n'));
}
