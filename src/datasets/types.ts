import type { ClassIndices } from '../common/classIndices';

/** Some images of a set. */
export interface ImageBatch {
  /** RGB, 0 … 255, [n, height, width, 3]. */
  readonly pixels: Uint8Array;
  /** [n] */
  readonly labels: ClassIndices;
  /** As of a set, [n, height, width]. */
  readonly masks?: Uint8Array;
}

/** A file of the data set, as far as it is used. */
export interface DataFile {
  /** Its name in the data set's folder. */
  readonly name: string;
  /** Images used: the first ones. */
  readonly records: number;
  /** Of these images' bytes, hexadecimal. */
  readonly sha256: string;
}

/** Images held in memory as they are on disk: a byte a channel. 50,000 images of 32×32 take 154 MB. */
export interface ImageSet {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** RGB, 0 … 255, [count, height, width, 3]. */
  readonly pixels: Uint8Array;
  /** [count], an index into the class names. */
  readonly labels: ClassIndices;
  /** 1 where the object is, [count, height, width]. Known for synthetic images only. */
  readonly masks?: Uint8Array;
}

/** Images that are read when they are needed. */
export interface StreamedSet extends Omit<ImageSet, 'pixels' | 'masks'> {
  /** SHA-256, hexadecimal, of what the pixels and labels follow from: the files' bytes, and how they are brought to size. */
  readonly contentHash: string;
  /** In the order of the indices. @throws InputError where a file is damaged, CancelledError */
  read(indices: ArrayLike<number>, signal?: AbortSignal): Promise<ImageBatch>;
}

/** What is trained on and measured: see `readImages`. */
export type ImageSource = ImageSet | StreamedSet;

export interface Dataset {
  readonly kind: string;
  readonly classNames: readonly string[];
  readonly train: ImageSource;
  readonly test: ImageSource;
  /** SHA-256, hexadecimal, of the records used, training before test. */
  readonly fingerprint: string;
  /** What was used of each file; absent where images are drawn. */
  readonly files?: readonly DataFile[];
  /** For a person: "8,068 training and 1,017 test images from FOLDER". */
  readonly description: string;
}

/** What a long step of loading is doing. `total` is absent where it is not known beforehand. */
export interface DataProgress {
  readonly stage: 'download' | 'unpack' | 'read' | 'draw';
  readonly done: number;
  readonly total?: number;
  readonly unit: 'bytes' | 'images';
  /** Why nothing comes at the moment, and for how long. */
  readonly waiting?: string;
}

export interface DataWatch {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: DataProgress) => void) | undefined;
}

export interface DataPlace extends DataWatch {
  /** The folder of the study file: relative folders are meant from here. */
  readonly studyFolder: string;
  /** Whether training and test images must both be there (the default), or one of them is enough. */
  readonly sets?: 'both' | 'any';
  /** Whether the official archive may be fetched when the folder is absent. Default false. */
  readonly mayDownload?: boolean;
}
