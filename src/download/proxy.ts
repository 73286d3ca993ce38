/**
 * The proxy that the environment names, as curl and Python's requests read it. undici's own reading of it knows no
 * ALL_PROXY and no address without a scheme, and excepts a host without what is below it.
 */
import type { Dispatcher } from 'undici';
import { InputError } from '../common/errors';

type Environment = Readonly<Record<string, string | undefined>>;

/** What an address is asked through. The caller destroys it. @throws InputError where the variable is malformed */
export async function dispatcherFor(url: URL, environment: Environment = process.env): Promise<Dispatcher> {
  const proxy = proxyFor(url, environment);
  // Loaded with the first question: it comes with a memory of WebAssembly.
  const { Agent, ProxyAgent } = await import('undici');
  // Plain http goes to the proxy as it is: many refuse a tunnel to any port but 443.
  return proxy === undefined ? new Agent() : new ProxyAgent({ uri: proxy.href, proxyTunnel: false });
}

/**
 * HTTPS_PROXY or HTTP_PROXY by the address's scheme, else ALL_PROXY, unless NO_PROXY names the host. Lower-case names
 * win over upper-case ones.
 */
function proxyFor(url: URL, environment: Environment): URL | undefined {
  const names = [url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY', 'ALL_PROXY'];
  const name = names.flatMap((upper) => [upper.toLowerCase(), upper]).find((each) => Boolean(environment[each]));
  if (name === undefined || isExcepted(url, environment['no_proxy'] ?? environment['NO_PROXY'] ?? '')) return undefined;
  const value = environment[name] ?? '';
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const proxy = URL.canParse(address) ? new URL(address) : undefined;
  if (proxy !== undefined && ['http:', 'https:'].includes(proxy.protocol)) return proxy;
  throw new InputError(`the environment variable ${name} names no proxy that can be used`, {
    // Not as it is: it may hold a password.
    found: proxy === undefined ? 'no address' : `a ${proxy.protocol.slice(0, -1)} proxy`,
    expected: 'http://HOST:PORT or https://HOST:PORT',
    advice: 'Correct or unset it, or name the host in NO_PROXY.',
  });
}

/** `*`; a host, with or without a dot before it, and all below it; `HOST:PORT`. */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.toLowerCase();
  const ownPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return list
    .split(/[,\s]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase().replace(/^\*?\./, '')) ?? [];
      return (onlyPort ?? ownPort) === ownPort && (host === name || host.endsWith(`.${name}`));
    });
}
