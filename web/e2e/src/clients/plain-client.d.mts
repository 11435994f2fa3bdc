export interface PlainActor {
  readonly id: number;
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly vx: number;
  readonly vy: number;
}

export interface PlainPlayer {
  readonly ship: number;
  steer(x: number, y: number): void;
  leave(): void;
}

export function play(
  server: string,
  name: string,
  onTick: (tick: number, actors: ReadonlyMap<number, PlainActor>) => void,
): Promise<PlainPlayer>;
