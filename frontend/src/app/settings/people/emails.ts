const ADDRESS = /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.[\p{L}]{2,}/gu;

/** Addresses out of anything pasted: a column of a table, «Имя <почта>», commas, semicolons. */
export function emailsIn(text: string): string[] {
  const found = text.match(ADDRESS) ?? [];
  return [...new Set(found.map((address) => address.toLowerCase()))];
}
