/** What is said of a shard: how much is done, and no number of what is only partly there. */
import { bytesText } from '../../common/bytesText';
import { counted, wholeText } from '../../common/counted';
import { shardText, type Shard, type Share } from '../../common/shard';
import { resultsBytes, resultsLimit } from '../../runs';
import type { Output } from './output';

/** "shard 2/4: 120 of 480 heatmaps, 30 kept before" @param noun of the items, in the singular */
export function shareText(shard: Shard, { done, kept, of }: Share, noun: string): string {
  return `shard ${shardText(shard)}: ${wholeText(done)} of ${counted(of, noun)}, ${wholeText(kept)} kept before`;
}

export interface ShardDone {
  /** The run's folder. */
  readonly run: string;
  /** What tells it from other shares of the command: an architecture, a method. */
  readonly about?: Readonly<Record<string, string>>;
  readonly share: Share;
}

/** @param all of each run or method that the command is about, at least one @param noun as of `shareText` */
export async function printShard(output: Output, shard: Shard, all: readonly ShardDone[], noun: string): Promise<void> {
  const limit = resultsLimit();
  for (const folder of new Set(all.map(({ run }) => run))) {
    const bytes = limit === 0 ? 0 : await resultsBytes(folder);
    if (bytes > limit) {
      output.log(
        `The results of ${folder} take ${bytesText(bytes)}, and EPOCHLENS_RESULTS_LIMIT_MB allows ${bytesText(limit)}: the next command without --shard deletes what was used longest ago. Set it higher, or to 0 for no limit.`,
      );
    }
  }
  for (const { about, share } of all) {
    const which = all.length > 1 ? `${Object.values(about ?? {}).join(', ')}, ` : '';
    output.line(`${which}${shareText(shard, share, noun)}`);
  }
  const documents = all.map(({ run, about, share }) => ({
    run,
    ...about,
    shard: shardText(shard),
    of: share.of,
    done: share.done,
    kept: share.kept,
    what: `${noun}s`,
  }));
  output.document(documents.length > 1 ? { shards: documents } : documents[0]);
}
