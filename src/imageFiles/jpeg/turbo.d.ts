/** What the package, which has no types, gives: see its `jslib-decode.cpp`. */
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export interface TurboDecoder {
    /** A place of the decoder's memory for so many bytes of a file. */
    getEncodedBuffer(bytes: number): Uint8Array;
    /** @throws for an error as for a warning */
    decode(): void;
    getFrameInfo(): { readonly width: number; readonly height: number; readonly componentCount: number };
    /** Grey where there is one component, otherwise RGB. */
    getDecodedBuffer(): Uint8ClampedArray<ArrayBuffer>;
    delete(): void;
  }

  export interface TurboModule {
    readonly JPEGDecoder: new () => TurboDecoder;
  }

  interface Options {
    instantiateWasm(
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance) => void,
    ): WebAssembly.Exports;
    print(text: string): void;
    printErr(text: string): void;
  }

  export default function createDecoder(options: Options): Promise<TurboModule>;
}
