/** Compiling the addon: tfjs-node's C++ against Node's API headers, for TensorFlow libraries that are already there. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WorkError } from '../../common/errors';
import { lastLines, runCommand } from './commands';
import { NODE_API_VERSION } from './location';
import type { Watch } from './progress';

/** Where the sources lie that the addon is compiled from. */
export interface AddonSources {
  /** The folder of tfjs-node's `tfjs_backend.cc` and `tfjs_binding.cc`. */
  readonly binding: string;
  /** The folder of `node_api.h`. */
  readonly nodeApi: string;
  /** Our own `quiet.cc`. */
  readonly quiet: string;
}

/**
 * The sources of a packaged program (`native-src` beside the bundle), otherwise those of the checkout's packages.
 *
 * @throws WorkError when there are neither
 */
export function addonSources(here: string = fileURLToPath(import.meta.url)): AddonSources {
  const packaged = join(dirname(here), 'native-src');
  if (existsSync(packaged)) {
    return {
      binding: join(packaged, 'binding'),
      nodeApi: join(packaged, 'node-api'),
      quiet: join(packaged, 'quiet.cc'),
    };
  }
  const require = createRequire(here);
  try {
    return {
      binding: join(dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json')), 'binding'),
      nodeApi: join(dirname(require.resolve('node-api-headers/package.json')), 'include'),
      quiet: join(dirname(here), 'quiet.cc'),
    };
  } catch (error) {
    throw new WorkError('the sources of the native addon are missing', { expected: packaged }, { cause: error });
  }
}

/** What a compiled engine's manifest says of its parts. */
export const COMPILED = { addon: 'tfjs_binding.node', quiet: 'quiet.node' };

export interface CompileOptions extends Watch {
  /** TensorFlow's C headers. */
  readonly include: string;
  /** The libraries' paths within the folder. */
  readonly libraries: readonly string[];
  readonly sources?: AddonSources;
}

/**
 * Compiles the addon into a folder that holds its libraries in `lib`; it finds them by a path relative to itself, so
 * that the folder can be moved and nothing need be set in the environment.
 *
 * @throws WorkError when there is no compiler or it fails
 */
export async function compileAddon(folder: string, options: CompileOptions): Promise<void> {
  const { binding, nodeApi, quiet } = options.sources ?? addonSources();
  const compiler = await findCompiler(options.signal);
  options.progress({ text: `compiling the addon with ${compiler}` });
  const common = ['-O2', '-std=c++17', '-fPIC', `-DNAPI_VERSION=${String(NODE_API_VERSION)}`, `-I${nodeApi}`];
  await compile(compiler, options.signal, [
    ...sharedObjectFlags(),
    ...common,
    `-I${options.include}`,
    join(binding, 'tfjs_backend.cc'),
    join(binding, 'tfjs_binding.cc'),
    ...options.libraries.map((path) => join(folder, path)),
    ...runPathFlags(),
    '-o',
    join(folder, COMPILED.addon),
  ]);
  await compile(compiler, options.signal, [
    ...sharedObjectFlags(),
    ...common,
    quiet,
    '-o',
    join(folder, COMPILED.quiet),
  ]);
}

async function compile(compiler: string, signal: AbortSignal | undefined, args: string[]): Promise<void> {
  const { exitCode, output } = await runCommand(compiler, args, { signal });
  if (exitCode !== 0) throw new WorkError('the addon does not compile', { found: lastLines(output, 6) });
}

/** Node's own symbols are found in the running program, not in a library. */
function sharedObjectFlags(): string[] {
  return process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
}

/** `--disable-new-dtags`, so that the path also holds for what the libraries themselves need. */
function runPathFlags(): string[] {
  return process.platform === 'darwin'
    ? ['-Wl,-rpath,@loader_path/lib']
    : ['-Wl,--disable-new-dtags,-rpath,$ORIGIN/lib'];
}

/** The first of the usual names that runs. CXX comes first, as everywhere. */
async function findCompiler(signal: AbortSignal | undefined): Promise<string> {
  const candidates = [process.env['CXX'], 'c++', 'g++', 'clang++'].filter((name) => name !== undefined && name !== '');
  for (const name of candidates as string[]) {
    const works = await runCommand(name, ['--version'], { signal }).then(
      ({ exitCode }) => exitCode === 0,
      (error: unknown) => {
        if (error instanceof WorkError) return false;
        throw error;
      },
    );
    if (works) return name;
  }
  throw new WorkError('there is no C++ compiler on this machine', {
    expected: candidates.join(', '),
    advice: 'Install one (Debian, Ubuntu: `g++`; macOS: `xcode-select --install`)',
  });
}
