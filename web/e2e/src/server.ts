import { type ChildProcess, spawn } from "node:child_process";
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

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const DEMO_UP = /Orrery is up\. Open two tabs at {2}(http:\/\/127\.0\.0\.1:(\d+))\//;
const CONFORMANCE_UP = /(http:\/\/127\.0\.0\.1:(\d+))\//;

/** Starts the demo as a user does. */
export function startServer({ data, port = 0 }: ServerOptions): Promise<Server> {
  return launch(["demo", "--port", String(port), "--data", data], DEMO_UP);
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
  const child = spawn("./orrery", args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));

  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const [, url, port] = up.exec(output) ?? [];
      if (url === undefined) return;
      resolve({
        url,
        port: Number(port),
        output: () => output,
        stop: (signal = "SIGTERM") => end(child, signal, ended),
      });
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", reject);
    void ended.then(() => reject(new Error(`The server ended before it was up:\n${output}`)));
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<void>): Promise<void> {
  child.kill(signal);
  return ended;
}
