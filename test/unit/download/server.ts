/** A server of our own that behaves as badly as a test wants. */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BadServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** What was asked, in order: the range where one was asked for, else the path. */
  readonly asked: IncomingMessage[];
  close(): void;
}

export async function serve(answer: RequestListener): Promise<BadServer> {
  const asked: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** As a good server does: the whole, or the rest from where it was asked for. */
export function give(request: IncomingMessage, response: ServerResponse, bytes: Buffer, etag = '"v1"'): void {
  const { range, 'if-range': ifRange } = request.headers;
  const from = ifRange === undefined || ifRange === etag ? Number(/\d+/.exec(range ?? '0')?.[0]) : 0;
  response.setHeader('etag', etag);
  if (from >= bytes.length && from > 0) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    return;
  }
  response.setHeader('content-length', bytes.length - from);
  if (from > 0) response.setHeader('content-range', `bytes ${from}-${bytes.length - 1}/${bytes.length}`);
  response.writeHead(from > 0 ? 206 : 200).end(request.method === 'HEAD' ? undefined : bytes.subarray(from));
}

/** Says that all is to come, gives the first bytes, and breaks off. */
export function breakOff(response: ServerResponse, bytes: Buffer, after: number, etag = '"v1"'): void {
  response.writeHead(200, { 'content-length': bytes.length, etag });
  response.write(bytes.subarray(0, after), () => setTimeout(() => response.destroy(), 200));
}
