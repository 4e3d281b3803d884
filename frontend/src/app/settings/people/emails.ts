const ADDRESS = /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.[\p{L}]{2,}/gu;

/** Addresses out of anything pasted: a column of a table, «Имя <почта>», commas, semicolons. */
export function emailsIn(text: string): string[] {
  const found = text.match(ADDRESS) ?? [];
  return [...new Set(found.map((address) => address.toLowerCase()))];
}

const PIECES = /[\s,;<>"«»()]+/;
const LIKE_AN_ADDRESS = /@|[\p{L}\d]\.\p{L}{2,}$/u;
const ONE_LATIN_WORD = /^[\w.+-]+$/;

/**
 * What was meant for an address and is none: a piece with «@» or like «ivanovsever.ru», a lone word among addresses,
 * a line in which there is no address at all. Names beside an address are names.
 */
export function brokenIn(text: string): string[] {
  return [...new Set(text.split(/[\r\n]+/).flatMap(brokenInLine))];
}

function brokenInLine(line: string): string[] {
  const has = emailsIn(line).length > 0;
  return line.split(/[,;]/).flatMap((entry) => {
    const pieces = entry.replace(ADDRESS, " ").split(PIECES).filter(Boolean);
    const wrong = pieces.filter((piece) => LIKE_AN_ADDRESS.test(piece));
    const whole = entry.trim();
    if (wrong.length > 0 || !whole || emailsIn(entry).length > 0) return wrong;
    return !has || ONE_LATIN_WORD.test(whole) ? [whole] : [];
  });
}

/** Without the word that is being typed: it may become an address yet. */
export function withoutUnfinished(text: string): string {
  return text.replace(/(^|[\s,;])[^\s,;@]+$/, "$1");
}

/** Which of the sent addresses the server has not taken, by the places it names: `emails.2`. */
export function refusedOf(fields: Record<string, string>, emails: string[]): string[] {
  return Object.keys(fields).flatMap((field) => {
    const place = /^emails\.(\d+)$/.exec(field)?.[1];
    const email = place === undefined ? undefined : emails[Number(place)];
    return email === undefined ? [] : [email];
  });
}
