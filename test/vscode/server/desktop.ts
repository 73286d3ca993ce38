/** VS Code's desktop program, where this machine has one that a person could see. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from './install';

const MAC = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';

/** The path of the program `code`, or undefined where there is none or it could show no window. */
export async function findDesktop(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  // Within a remote window's terminal, `code` only passes files to the window that is open.
  if (env['VSCODE_IPC_HOOK_CLI']) return undefined;
  if (process.platform === 'linux') {
    // It refuses to run as root.
    if (process.getuid?.() === 0 || !(env['DISPLAY'] || env['WAYLAND_DISPLAY'])) return undefined;
  }
  const found = await findProgram(process.platform === 'win32' ? 'code.cmd' : 'code');
  if (found === undefined && process.platform === 'darwin' && existsSync(MAC)) return MAC;
  return found;
}

/**
 * Opens a window with this folder and this extension, run from its folder.
 *
 * @returns the program's exit code; the window stays open
 */
export async function openDesktop(program: string, extension: string, folder: string): Promise<number> {
  const args = [`--extensionDevelopmentPath=${extension}`, folder];
  // A script on Windows, which only a shell runs.
  const shell = program.endsWith('.cmd');
  const quoted = (text: string): string => (shell ? `"${text}"` : text);
  const child = spawn(quoted(program), args.map(quoted), { stdio: 'inherit', shell });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
}
