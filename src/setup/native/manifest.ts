/** `manifest.json` of a native engine: what its folder must hold, and where that came from. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { writeFileAtomically } from '../../common/atomic';
import { hashFile } from '../../common/hashFile';

export const MANIFEST_NAME = 'manifest.json';

const manifestSchema = z.object({
  tfjsVersion: z.string(),
  libtensorflowVersion: z.string(),
  /** Whether the libraries can compute on an NVIDIA card. */
  variant: z.enum(['cpu', 'gpu']),
  /** A sentence's worth of where the files came from: an address, or a package and its version. */
  origin: z.string(),
  /** The addon's path within the folder. The libraries lie where its run path looks for them. */
  addon: z.string(),
  /** The path of the small addon that silences standard error while the other is loaded, where there is one. */
  quiet: z.string().optional(),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** An installed native engine. */
export interface NativeEngine {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The manifest, or undefined where there is none that can be read. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, MANIFEST_NAME), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Measures every file of the folder and writes its manifest. */
export async function writeManifest(folder: string, about: Omit<Manifest, 'files'>): Promise<Manifest> {
  const files: Manifest['files'] = [];
  for (const path of await listFiles(folder)) {
    const { size } = await stat(join(folder, path));
    files.push({ path, bytes: size, sha256: await hashFile(join(folder, path)) });
  }
  const manifest = { ...about, files };
  await writeFileAtomically(join(folder, MANIFEST_NAME), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return manifest;
}

/**
 * The first thing wrong with an installed engine, for a person to read, or undefined when nothing is.
 *
 * @param thoroughness 'sizes' takes a millisecond and is done at every start; 'hashes' reads every byte.
 */
export async function findDamage(engine: NativeEngine, thoroughness: 'sizes' | 'hashes'): Promise<string | undefined> {
  for (const { path, bytes, sha256 } of engine.manifest.files) {
    const file = join(engine.folder, path);
    const found = await stat(file).then(
      ({ size }) => size,
      () => undefined,
    );
    if (found === undefined) return `${file} is missing`;
    if (found !== bytes) return `${file} has ${String(found)} bytes instead of ${String(bytes)}`;
    if (thoroughness === 'hashes' && (await hashFile(file)) !== sha256) {
      return `${file} has changed since it was installed (its SHA-256 is not the recorded one)`;
    }
  }
  return undefined;
}

/** Regular files, and links to them, by their path within the folder, in a fixed order; the manifest itself left out. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => path !== MANIFEST_NAME)
    .sort();
}
