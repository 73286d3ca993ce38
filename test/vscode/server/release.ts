/** The VS Codes that come from npm: code-server's package is a whole VS Code server, and needs no download beside it. */
import { join } from 'node:path';
import { cacheFolder } from '../../../src/setup/native/location';

export interface Release {
  /** The version of VS Code that this is. */
  readonly vscode: string;
  /** The version of the npm package `code-server` that carries it. */
  readonly codeServer: string;
}

export const CURRENT: Release = { vscode: '1.100.3', codeServer: '4.100.3' };
/** The lowest version that the manifest's `engines.vscode` claims. */
export const FLOOR: Release = { vscode: '1.90.2', codeServer: '4.90.3' };
export const RELEASES: readonly Release[] = [CURRENT, FLOOR];

/** Everything of VS Code's that is kept between runs: the installed releases, and what `npm run code` remembers. */
export function codeCache(): string {
  return join(cacheFolder(), 'vscode');
}

/**
 * Where a release is installed. Its compiled modules fit one system and one generation of Node, so these are part of
 * the name.
 */
export function releaseFolder({ codeServer }: Release): string {
  return join(codeCache(), `${codeServer}-${process.platform}-${process.arch}-node${process.versions.modules}`);
}

/** The VS Code server's own folder within a release's. */
export function serverFolder(release: Release): string {
  return join(releaseFolder(release), 'node_modules', 'code-server', 'lib', 'vscode');
}
