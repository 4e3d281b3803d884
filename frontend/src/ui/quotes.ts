/**
 * Quotation marks as Russian typography has them: «outer» and „inner“, as `core/language/quotes.py`
 * writes them on the server. What stands outside any marks is left as it is.
 */
export function innerQuotes(text: string): string {
  if (!text.includes("«")) return text;
  const signs = [...text];
  let written = "";
  let depth = 0;
  signs.forEach((sign, at) => {
    const mark = depth > 0 && /["“”]/.test(sign) ? facing(signs[at - 1] ?? "") : sign;
    if (mark === "«" || (mark === "„" && depth > 0)) {
      written += depth > 0 ? "„" : mark;
      depth += 1;
    } else if (mark === "»" && depth > 0) {
      depth -= 1;
      written += depth > 0 ? "“" : mark;
    } else written += mark;
  });
  return written;
}

/** Marks that both open and close are told apart by what stands before them. */
const facing = (before: string): string => (/[\p{L}\p{N}»“”".,!?]/u.test(before) ? "»" : "«");
