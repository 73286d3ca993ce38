/** What stands in a file of events, as far as it takes to tell whether it is what is wanted. */
import { PbfReader } from 'pbf';
import { crc32c } from './crc32c';
import { entryEvent, type Entry } from './messages';

/** An entry's step, time and content; of a content that is no number its length and sum. */
export type Mark = readonly [step: number, wallTime: number, content: number | string];

/** By tag, in the order of the file. */
export type KnownEntries = Map<string, Mark[]>;

export function markOf(entry: Entry): Mark {
  const { step, wallTime, content } = entry;
  const isNumber = content.kind === 'scalar';
  return [step, wallTime, isNumber ? Math.fround(content.value) : sumOf(entryEvent(entry))];
}

export function isSameMark(a: Mark | undefined, b: Mark): boolean {
  return a !== undefined && a.every((value, at) => Object.is(value, b[at]));
}

function sumOf(event: Uint8Array): string {
  return `${event.length} ${crc32c(event)}`;
}

/** Of events that `entryEvent` made; others have no tag and are passed over. Undefined where one is no message. */
export function readEntries(events: readonly Uint8Array[]): KnownEntries | undefined {
  try {
    return entriesOf(events);
  } catch {
    return undefined;
  }
}

function entriesOf(events: readonly Uint8Array[]): KnownEntries {
  const known: KnownEntries = new Map();
  for (const event of events) {
    const read = { step: 0, wallTime: 0, tag: '', number: undefined as number | undefined };
    new PbfReader(event).readFields((field, into, reader) => {
      if (field === 1) into.wallTime = reader.readDouble();
      else if (field === 2) into.step = reader.readVarint();
      else if (field === 5) reader.readMessage(readSummary, into);
    }, read);
    const { step, wallTime, tag, number } = read;
    if (tag === '') continue;
    const marks = known.get(tag) ?? [];
    marks.push([step, wallTime, number ?? sumOf(event)]);
    known.set(tag, marks);
  }
  return known;
}

interface ReadValue {
  tag: string;
  number: number | undefined;
}

function readSummary(field: number, into: ReadValue, reader: PbfReader): void {
  if (field !== 1) return;
  reader.readMessage((inner, value: ReadValue, ofValue) => {
    if (inner === 1) value.tag = ofValue.readString();
    else if (inner === 2) value.number = ofValue.readFloat();
  }, into);
}
