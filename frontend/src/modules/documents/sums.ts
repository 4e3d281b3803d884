/** Sums of documents: kept as «1260000.00», read and typed as people write them. */

const NBSP = "\u00a0";

/** «1 260 000,00 ₽»; kopecks stand only where there are some. */
export function sumText(kept: string): string {
  const [whole = "", rest = ""] = kept.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, NBSP);
  const tail = /[1-9]/.test(rest) ? `,${rest.padEnd(2, "0").slice(0, 2)}` : "";
  return `${grouped}${tail}${NBSP}₽`;
}

/** «1 260 000,5 руб.» → «1260000.50»; nothing → null; undefined when it is no sum. */
export function sumIn(text: string): string | null | undefined {
  const plain = text
    .replace(/[\s\u00a0]/g, "")
    .replace(/(₽|руб\.?|р\.)$/i, "")
    .replace(",", ".");
  if (!plain) return null;
  return /^\d{1,16}(\.\d{1,2})?$/.test(plain) ? plain : undefined;
}

/** Hundredths as the foot of a list says them: «1 260 000 ₽». */
export const kopecksText = (kopecks: number): string =>
  sumText(`${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, "0")}`);
