const ADDRESS = /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.[\p{L}]{2,}/gu;

/** Addresses out of anything pasted: a column of a table, «Имя <почта>», commas, semicolons. */
export function emailsIn(text: string): string[] {
  const found = text.match(ADDRESS) ?? [];
  return [...new Set(found.map((address) => address.toLowerCase()))];
}

/** What was meant for an address and is none: a piece with «@» in it of which no address has come. */
export function brokenIn(text: string): string[] {
  const pieces = text.replace(ADDRESS, " ").split(/[\s,;<>"«»()]+/);
  return [...new Set(pieces.filter((piece) => piece.includes("@")))];
}

/** Which of the sent addresses the server has not taken, by the places it names: `emails.2`. */
export function refusedOf(fields: Record<string, string>, emails: string[]): string[] {
  return Object.keys(fields).flatMap((field) => {
    const place = /^emails\.(\d+)$/.exec(field)?.[1];
    const email = place === undefined ? undefined : emails[Number(place)];
    return email === undefined ? [] : [email];
  });
}
