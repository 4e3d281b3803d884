/** A company's colour → the accent family, with contrast computed rather than hoped for. */

type Rgb = [number, number, number];

const HEX = /^#?([0-9a-f]{6})$/i;
const AA = 4.5;

function parse(hex: string): Rgb | null {
  const digits = HEX.exec(hex.trim())?.[1];
  if (!digits) return null;
  const value = Number.parseInt(digits, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function toHex(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [0, 1, 2].map((i) => (a[i] ?? 0) * (1 - share) + (b[i] ?? 0) * share) as Rgb;
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (hi + 0.05) / (lo + 0.05);
}

/** Walk from the colour towards `pole` until it can be read on `ground`. */
function readable(colour: Rgb, ground: Rgb, pole: Rgb): Rgb {
  for (let share = 0; share <= 1; share += 0.04) {
    const candidate = mix(colour, pole, share);
    if (contrast(candidate, ground) >= AA) return candidate;
  }
  return pole;
}

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const INK: Rgb = [10, 20, 18];
const LIGHT_GROUND: Rgb = [245, 245, 242];
const DARK_GROUND: Rgb = [25, 26, 25];

/** CSS variables of the accent family; null when the text is no colour. */
export function accentFamily(hex: string, dark: boolean): Record<string, string> | null {
  const base = parse(hex);
  if (!base) return null;
  const ground = dark ? DARK_GROUND : LIGHT_GROUND;
  const accent = dark ? readable(base, ground, WHITE) : readable(base, ground, BLACK);
  const text = dark ? mix(accent, WHITE, 0.2) : accent;
  const onAccent = contrast(accent, WHITE) >= AA ? WHITE : INK;
  const deep = dark ? WHITE : BLACK;
  return {
    "--accent": toHex(accent),
    "--accent-hover": toHex(mix(accent, deep, 0.12)),
    "--accent-active": toHex(mix(accent, BLACK, 0.24)),
    "--accent-text": toHex(text),
    "--accent-soft": toHex(mix(ground, accent, dark ? 0.16 : 0.11)),
    "--accent-line": toHex(mix(ground, accent, 0.42)),
    "--on-accent": toHex(onAccent),
    "--focus": toHex(text),
    // Selected rows are a tint of the accent, so they follow it.
    "--bg-selected": toHex(mix(ground, accent, dark ? 0.13 : 0.08)),
  };
}
