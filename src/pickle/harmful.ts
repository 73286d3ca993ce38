/**
 * Names that no file of weights has need of, and that a file which means harm begins with: they run commands or code, or
 * reach into files and the network. Nothing is ever run here, whatever a file names: such a file is refused because Python
 * would run it.
 */

/** Whatever of them is named, and of the modules below them. */
const MODULES = new Set([
  '_pickle',
  'bdb',
  'cffi',
  'code',
  'codeop',
  'commands',
  'ctypes',
  'ftplib',
  'http',
  'httplib',
  'importlib',
  'marshal',
  'nt',
  'os',
  'pdb',
  'pickle',
  'pip',
  'platform',
  'popen2',
  'posix',
  'pty',
  'pydoc',
  'requests',
  'runpy',
  'shutil',
  'socket',
  'subprocess',
  'sys',
  'timeit',
  'urllib',
  'urllib2',
  'webbrowser',
]);

const BUILTINS = new Set([
  '__import__',
  'apply',
  'breakpoint',
  'compile',
  'delattr',
  'eval',
  'exec',
  'execfile',
  'file',
  'globals',
  'input',
  'locals',
  'open',
  'setattr',
  'vars',
]);

const FUNCTIONS = new Set([
  'asyncio.create_subprocess_exec',
  'asyncio.create_subprocess_shell',
  'torch.load',
  'torch.storage._load_from_bytes',
]);

const TORCH_MODULES = /^torch\.(hub|package|utils\.cpp_extension|_dynamo|_inductor)(\.|$)/;

export function isHarmful(module: string, name: string): boolean {
  const [root = ''] = module.split('.');
  if (root === 'builtins' || root === '__builtin__') return BUILTINS.has(name.split('.')[0] ?? '');
  // What a module has imported is named through it, too: `torch.os.system`.
  const ways = `${module}.${name}`.split('.');
  if (ways.slice(1, -1).some((way) => ['os', 'sys', 'subprocess', 'importlib', '__globals__'].includes(way)))
    return true;
  return MODULES.has(root) || FUNCTIONS.has(`${module}.${name}`) || TORCH_MODULES.test(module);
}
