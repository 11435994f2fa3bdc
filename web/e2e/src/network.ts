import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A slow network in front of a server: the testkit's proxy as a process. */
export interface Network {
  /** Base address behind which the server is that much farther away. */
  readonly url: string;
  /** Breaks all connections without a word; new ones are welcome. */
  cut(): Promise<void>;
  stop(): Promise<void>;
}

export interface Weather {
  /** Delay each way, ms. */
  readonly delay: number;
  /** Further delay each way, from 0 to this, ms. */
  readonly jitter: number;
  readonly seed: number;
}

const CLASSES = fileURLToPath(new URL("../../../testkit/target/classes", import.meta.url));
const UP = /listening on (\d+)/;

/** A network that is as good as none, until it is cut. */
export const CALM: Weather = { delay: 0, jitter: 0, seed: 1 };

export function startNetwork(target: number, { delay, jitter, seed }: Weather): Promise<Network> {
  const home = process.env["JAVA_HOME"];
  const options = { target, delay, jitter, seed };
  const child: ChildProcess = spawn(
    home === undefined ? "java" : join(home, "bin", "java"),
    [
      ...["-cp", CLASSES, "dev.orrery.testkit.DelayProxy"],
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
  let output = "";
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const [, port] = UP.exec(output) ?? [];
      if (port === undefined) return;
      resolve({
        url: `http://127.0.0.1:${port}`,
        cut: () => order(child, "cut"),
        stop: () => {
          child.kill();
          return ended;
        },
      });
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("error", reject);
    void ended.then(() => reject(new Error(`The network ended before it was up:\n${output}`)));
  });
}

/** Resolves once it holds. */
function order({ stdin, stdout }: ChildProcess, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout?.once("data", (answer: Buffer) => {
      if (answer.toString().trim() === "ok") resolve();
      else reject(new Error(`The network answered ${command} with ${answer}`));
    });
    stdin?.write(`${command}\n`);
  });
}
