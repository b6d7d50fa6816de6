// Decodes Parquet to Arrow with parquet-wasm, in a worker so that the page stays responsive; in the page where that can't be.
import type * as ParquetWasm from "parquet-wasm/esm";
import {once} from "./once.js";

export interface Decoder {
  /** The Arrow IPC stream of a Parquet file, whose bytes are given away. */
  decode: (file: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
  /** Ends the worker; what is being decoded never comes. */
  close: () => void;
}

/** The default of 1024 rows a batch takes twice as long. */
const options = {batchSize: 65_536};

/** Starts parquet-wasm: 5 MB (1.4 MB compressed). */
export async function startDecoder(): Promise<Decoder> {
  return (await inWorker().catch(() => undefined)) ?? inPage();
}

// Framework hosts what an npm module resolves under /npm/ with the site.
const moduleUrl = () => import.meta.resolve("/npm/parquet-wasm/esm/parquet_wasm.js");
const wasmUrl = () => import.meta.resolve("/npm/parquet-wasm/esm/parquet_wasm_bg.wasm");

/**
 * A text rather than a file: Framework gives modules of a package's own no place that a worker could be started from. Not
 * ParquetFile, which never settles when the data is damaged.
 */
const program = `
let parquet;
onmessage = async ({data: {id, module, wasm, file, options}}) => {
  try {
    if (module) {
      parquet = await import(module);
      await parquet.default({module_or_path: wasm});
      return postMessage({id});
    }
    const stream = parquet.readParquet(file, options).intoIPCStream();
    postMessage({id, stream}, [stream.buffer]);
  } catch (error) {
    postMessage({id, error: String(error?.message ?? error)});
  }
};`;

interface Answer {
  id: number;
  stream?: Uint8Array<ArrayBuffer>;
  error?: string;
}

async function inWorker(): Promise<Decoder> {
  const url = URL.createObjectURL(new Blob([program], {type: "text/javascript"}));
  const worker = new Worker(url, {type: "module"});
  const waiting = new Map<number, {resolve: (answer: Answer) => void; reject: (error: Error) => void}>();
  let asked = 0;
  worker.onmessage = ({data}: MessageEvent<Answer>) => {
    const {resolve, reject} = waiting.get(data.id)!;
    waiting.delete(data.id);
    if (data.error === undefined) resolve(data);
    else reject(new Error(data.error));
  };
  worker.onerror = ({message}) => {
    for (const {reject} of waiting.values()) reject(new Error(`The Parquet decoder has ended: ${message}`));
    waiting.clear();
  };
  const ask = (message: object, transfer: Transferable[] = []) =>
    new Promise<Answer>((resolve, reject) => {
      const id = ++asked;
      waiting.set(id, {resolve, reject});
      worker.postMessage({id, options, ...message}, transfer);
    });
  try {
    await ask({module: moduleUrl(), wasm: wasmUrl()});
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    URL.revokeObjectURL(url);
  }
  return {
    decode: async (file) => (await ask({file}, [file.buffer])).stream!,
    close: () => worker.terminate()
  };
}

/** A document without module workers, such as the one in which `ikigai-kit render` draws, or a policy that forbids them. */
const inPage = async (): Promise<Decoder> => {
  const parquet = await module();
  return {
    decode: async (file) => parquet.readParquet(file, options).intoIPCStream() as Uint8Array<ArrayBuffer>,
    close: () => undefined
  };
};

const module = once(async () => {
  // In pages the package is its "esm" part; to TypeScript it is the one for Node. By this name it is shared with
  // Framework's FileAttachment.parquet().
  const parquet = (await import("parquet-wasm")) as unknown as typeof ParquetWasm;
  await parquet.default({module_or_path: wasmUrl()});
  return parquet;
});
