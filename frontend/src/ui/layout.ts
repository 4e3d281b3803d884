/** «ghbdtn» was meant to be «привет»: what the same keys give in the other layout. */
const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё";

export function inOtherLayout(text: string): string {
  return [...text.toLowerCase()]
    .map((char) => {
      const latin = LATIN.indexOf(char);
      if (latin >= 0) return CYRILLIC[latin] ?? char;
      const cyrillic = CYRILLIC.indexOf(char);
      return cyrillic >= 0 ? (LATIN[cyrillic] ?? char) : char;
    })
    .join("");
}

/** Letters as people search them: case and ё do not matter. */
export const plain = (text: string): string => text.toLowerCase().replaceAll("ё", "е");
