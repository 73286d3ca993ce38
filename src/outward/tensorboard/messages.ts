/**
 * The few messages of TensorBoard that are written here, by the field numbers of event.proto, summary.proto, tensor.proto and
 * plugins/hparams/plugin_data.proto. The same content gives the same bytes.
 */
import { PbfWriter } from 'pbf';

/** What stands at a tag and a step. */
export type Content =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'picture'; readonly height: number; readonly width: number; readonly png: Uint8Array }
  /** Markdown. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'settings'; readonly settings: Readonly<Record<string, number | boolean | string>> };

export interface Entry {
  readonly tag: string;
  readonly step: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly content: Content;
}

const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 };
const SUMMARY = { value: 1 };
const VALUE = { tag: 1, simpleValue: 2, image: 4, tensor: 8, metadata: 9 };
const IMAGE = { height: 1, width: 2, colourSpace: 3, encoded: 4 };
const TENSOR = { type: 1, shape: 2, strings: 8 };
const SESSION_LOG = { status: 1 };
const RGB = 3;
const STRING = 7;
const START = 1;

type Write = (writer: PbfWriter) => void;

function message(write: Write): Uint8Array {
  const writer = new PbfWriter();
  write(writer);
  return writer.finish();
}

function nested(writer: PbfWriter, field: number, write: Write): void {
  writer.writeBytesField(field, message(write));
}

/** The first record of a file: of this version a reader takes steps that go back for what they are, no restart. */
export function versionEvent(wallTime: number): Uint8Array {
  return message((event) => {
    event.writeDoubleField(EVENT.wallTime, wallTime);
    event.writeStringField(EVENT.fileVersion, 'brain.Event:2');
  });
}

/** The second one: a reader forgets what earlier files of the folder said. */
export function startEvent(wallTime: number): Uint8Array {
  return message((event) => {
    event.writeDoubleField(EVENT.wallTime, wallTime);
    nested(event, EVENT.sessionLog, (log) => log.writeVarintField(SESSION_LOG.status, START));
  });
}

export function entryEvent({ tag, step, wallTime, content }: Entry): Uint8Array {
  return message((event) => {
    event.writeDoubleField(EVENT.wallTime, wallTime);
    event.writeVarintField(EVENT.step, step);
    nested(event, EVENT.summary, (summary) =>
      nested(summary, SUMMARY.value, (value) => {
        value.writeStringField(VALUE.tag, tag);
        writeContent(value, content);
      }),
    );
  });
}

function writeContent(value: PbfWriter, content: Content): void {
  switch (content.kind) {
    case 'scalar':
      value.writeFloatField(VALUE.simpleValue, content.value);
      break;
    case 'picture':
      nested(value, VALUE.image, (image) => {
        image.writeVarintField(IMAGE.height, content.height);
        image.writeVarintField(IMAGE.width, content.width);
        image.writeVarintField(IMAGE.colourSpace, RGB);
        image.writeBytesField(IMAGE.encoded, content.png);
      });
      break;
    case 'text':
      nested(value, VALUE.tensor, (tensor) => {
        tensor.writeVarintField(TENSOR.type, STRING);
        nested(tensor, TENSOR.shape, (shape) => nested(shape, 2, (dimension) => dimension.writeVarintField(1, 1)));
        tensor.writeBytesField(TENSOR.strings, new TextEncoder().encode(content.text));
      });
      writePlugin(value, 'text', () => undefined);
      break;
    case 'settings':
      // A tensor that says nothing: without one a reader passes the value over.
      nested(value, VALUE.tensor, (tensor) => {
        tensor.writeVarintField(TENSOR.type, 1);
        nested(tensor, TENSOR.shape, () => undefined);
        tensor.writeBytesField(5, new Uint8Array(4));
      });
      writePlugin(value, 'hparams', (data) => writeSettings(data, content.settings));
      break;
  }
}

/** Whose a value is: SummaryMetadata.plugin_data. */
function writePlugin(value: PbfWriter, name: string, content: Write): void {
  nested(value, VALUE.metadata, (metadata) =>
    nested(metadata, 1, (plugin) => {
      plugin.writeStringField(1, name);
      nested(plugin, 2, content);
    }),
  );
}

/** HParamsPluginData.session_start_info, whose hparams are a map of google.protobuf.Value. */
function writeSettings(data: PbfWriter, settings: Readonly<Record<string, number | boolean | string>>): void {
  nested(data, 3, (info) => {
    for (const [name, setting] of Object.entries(settings)) {
      nested(info, 1, (entry) => {
        entry.writeStringField(1, name);
        nested(entry, 2, (value) => {
          if (typeof setting === 'number') value.writeDoubleField(2, setting);
          else if (typeof setting === 'string') value.writeStringField(3, setting);
          else value.writeBooleanField(4, setting);
        });
      });
    }
  });
}
