import { type SpawnOptionsWithoutStdio, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A running server process. */
export interface Server {
  /** Base address, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Everything it has printed, for the message of a test that fails. */
  output(): string;
  /** Asks it to end (or, with SIGKILL, ends it without a word) and waits until it has. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Sends a signal, and waits for nothing. */
  signal(signal: "SIGTERM" | "SIGINT"): void;
  /** Its exit code, once it has ended; null if a signal ended it. */
  readonly ended: Promise<number | null>;
}

export interface ServerOptions {
  /** Where it keeps its data. */
  readonly data: string;
  /** Port to listen on; a free one if absent. */
  readonly port?: number;
}

export interface ConformanceOptions {
  readonly pingIntervalMillis: number;
  readonly pingTimeoutMillis: number;
}

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const DEMO_UP = /Orrery is up\. Open two tabs at {2}(http:\/\/127\.0\.0\.1:(\d+))\//;
const SERVE_UP = /Orrery is up at {2}(http:\/\/127\.0\.0\.1:(\d+))\//;
const CONFORMANCE_UP = /(http:\/\/127\.0\.0\.1:(\d+))\//;

/** Starts the demo as a user does. */
export function startServer({ data, port = 0 }: ServerOptions): Promise<Server> {
  return launch(["demo", "--port", String(port), "--admin-port", "0", "--data", data], DEMO_UP);
}

/** Starts a server with a configuration, by its own start script (or the launcher), as its operator does. */
export function serve(
  program: string,
  args: readonly string[],
  options: SpawnOptionsWithoutStdio,
): Promise<Server> {
  return run(program, args, options, SERVE_UP);
}

/** Starts the protocol's echo server on a free port, with the namespace `/secure`. */
export function startConformance(options: ConformanceOptions): Promise<Server> {
  const pings = [
    ...["--ping-interval", String(options.pingIntervalMillis)],
    ...["--ping-timeout", String(options.pingTimeoutMillis)],
  ];
  return launch(["conformance", "--port", "0", "--secure", ...pings], CONFORMANCE_UP);
}

/** Runs the launcher, which becomes the server: its process id is the server's. */
function launch(args: readonly string[], up: RegExp): Promise<Server> {
  return run("./orrery", args, { cwd: ROOT }, up);
}

function run(
  program: string,
  args: readonly string[],
  options: SpawnOptionsWithoutStdio,
  up: RegExp,
): Promise<Server> {
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));

  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const [, url, port] = up.exec(output) ?? [];
      if (url === undefined) return;
      resolve({
        url,
        port: Number(port),
        output: () => output,
        stop: async (signal = "SIGTERM") => {
          child.kill(signal);
          await ended;
        },
        signal: (signal) => void child.kill(signal),
        ended,
      });
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", reject);
    void ended.then(() => reject(new Error(`The server ended before it was up:\n${output}`)));
  });
}
