/** Standard output and error that cannot be written to: the work goes on, and what is lost is said where it can be. */
import { fileError } from '../../common/systemErrors';

/** Nobody listens any more: a pager that was left, a terminal that was closed. */
const NOBODY_LISTENS = ['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'];

/**
 * Keeps the process from ending by it. Answers a function that says whether something that was printed is lost to
 * somebody who listens, as behind a full disk.
 */
export function toleratingLostOutput(json: boolean): () => boolean {
  const { stdout, stderr } = process;
  const lost = new Set<NodeJS.WriteStream>();

  function onError(stream: NodeJS.WriteStream, name: string, other: NodeJS.WriteStream | undefined): void {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      const isGone = NOBODY_LISTENS.includes(error.code ?? '') && (error.code !== 'EIO' || stream.isTTY);
      if (isGone || lost.has(stream)) return;
      lost.add(stream);
      if (other === undefined || lost.has(other)) return;
      const { found, advice } = fileError('', '', error).problem;
      const text = `epochlens: ${name} cannot be written to: ${found ?? ''}. ${advice ?? ''} Files are written all the same.`;
      other.write(`${text.replace(/ +/g, ' ')}\n`);
    });
  }

  onError(stdout, 'standard output', stderr);
  // Under --json standard output is for a program.
  onError(stderr, 'standard error', json ? undefined : stdout);
  return () => lost.has(stdout);
}
