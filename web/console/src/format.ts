/** Numbers as an operator reads them. */

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;
const UNKNOWN = "–";

/** Full is 100 %; over that it says so. */
export function percent(share: number): string {
  const hundredths = share * 100;
  return `${hundredths > 0 && hundredths < 10 ? hundredths.toFixed(1) : Math.round(hundredths)} %`;
}

export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

export function millis(value: number | null): string {
  if (value === null) return UNKNOWN;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

export function rate(perSecond: number): string {
  return `${perSecond < 10 && perSecond > 0 ? perSecond.toFixed(1) : whole(Math.round(perSecond))}/s`;
}

export function whole(value: number): string {
  return value.toLocaleString("en");
}

/** The two largest units. */
export function duration(lasted: number): string {
  const seconds = Math.floor(lasted / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  if (minutes > 0) return `${minutes} min ${seconds % 60} s`;
  return `${seconds} s`;
}

/** How much that is: for colours, and in words for who does not see them. */
export function stress(load: number): "calm" | "busy" | "full" {
  if (load >= 0.95) return "full";
  return load >= 0.7 ? "busy" : "calm";
}

/** A line through the values, newest at the right; 1 is the top unless a value is greater. */
export function sparkline(values: readonly number[], slots: number, width: number, height: number): string {
  const top = Math.max(1, ...values);
  const step = width / (slots - 1);
  const begin = width - (values.length - 1) * step;
  return values
    .map((value, index) => {
      const x = begin + index * step;
      const y = height - (Math.max(0, value) / top) * height;
      return `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}
