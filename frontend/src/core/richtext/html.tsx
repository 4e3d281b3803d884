import { createElement, Fragment, type ReactNode } from "react";

/**
 * Formatted text as elements of the page. The server has cleaned it already; here only what is
 * listed becomes an element, so that even a slip there runs nothing.
 */
const PLAIN = new Set("p br h2 h3 strong em s u code pre blockquote ul ol li hr".split(" "));
const LINK = /^(https?:\/\/|mailto:|tel:|\/(?!\/))/i;
const PICTURE = /^\/api\/v1\/attachments\/(\d+)\/content\/$/;

interface Shown {
  /** A picture was pressed: the number of its attachment. */
  onPicture?: ((id: number) => void) | undefined;
  /** «Открыть картинку Схема.png» */
  pictureLabel?: ((name: string) => string) | undefined;
  /** What stands in the text's words: numbers of cards lead to them. */
  words?: ((text: string, key: number) => ReactNode) | undefined;
}

/** In these words are taken as they stand. */
const LITERAL = new Set("a code pre span".split(" "));

export const pictureIn = (source: string): number | null => {
  const found = PICTURE.exec(source)?.[1];
  return found ? Number(found) : null;
};

function parsed(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, "text/html").body;
}

function linkOf(element: Element, key: number, inside: ReactNode): ReactNode {
  const href = element.getAttribute("href") ?? "";
  if (!LINK.test(href)) return <Fragment key={key}>{inside}</Fragment>;
  const own = href.startsWith("/");
  return (
    <a key={key} href={href} {...(own ? {} : { target: "_blank", rel: "noopener noreferrer" })}>
      {inside}
    </a>
  );
}

function pictureOf(element: Element, key: number, shown: Shown): ReactNode {
  const source = element.getAttribute("src") ?? "";
  const id = pictureIn(source);
  if (id === null) return null;
  const name = element.getAttribute("alt") ?? "";
  const { onPicture } = shown;
  const picture = <img key={key} src={source} alt={name} loading="lazy" decoding="async" />;
  if (!onPicture) return picture;
  return (
    <button
      key={key}
      type="button"
      className="rt-pic"
      aria-label={shown.pictureLabel?.(name)}
      onClick={(event) => {
        event.stopPropagation();
        onPicture(id);
      }}
    >
      {picture}
    </button>
  );
}

function nodeOf(node: Node, key: number, shown: Shown): ReactNode {
  if (node instanceof Text) return shown.words?.(node.data, key) ?? node.data;
  if (!(node instanceof Element)) return null;
  const tag = node.localName;
  if (tag === "img") return pictureOf(node, key, shown);
  const within = LITERAL.has(tag) ? { ...shown, words: undefined } : shown;
  const inside = [...node.childNodes].map((child, index) => nodeOf(child, index, within));
  if (tag === "a") return linkOf(node, key, inside);
  if (tag === "span" && node.hasAttribute("data-mention")) {
    return (
      <span key={key} className="mention">
        {inside}
      </span>
    );
  }
  if (!PLAIN.has(tag)) return <Fragment key={key}>{inside}</Fragment>;
  const start = tag === "ol" ? { start: Number(node.getAttribute("start") ?? 1) } : {};
  return createElement(tag, { key, ...start }, ...(inside.length > 0 ? inside : []));
}

export function htmlToReact(html: string, shown: Shown = {}): ReactNode {
  return [...parsed(html).childNodes].map((node, index) => nodeOf(node, index, shown));
}

const AROUND: Record<string, string> = { strong: "**", em: "*", s: "~~", code: "`" };
const BEFORE: Record<string, string> = { h2: "## ", h3: "### ", li: "• ", blockquote: "> " };
const BLOCK = new Set("p h2 h3 pre blockquote ul ol li hr br".split(" "));

function wordsOf(node: Node): string {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element)) return "";
  const tag = node.localName;
  if (tag === "img") return `[${node.getAttribute("alt") || "…"}]`;
  const around = AROUND[tag] ?? "";
  const inside = [...node.childNodes].map(wordsOf).join("");
  const link = tag === "a" ? ` (${node.getAttribute("href")})` : "";
  const text = `${BEFORE[tag] ?? ""}${around}${inside}${around}${link}`;
  return BLOCK.has(tag) ? `\n${text}\n` : text;
}

/** The text as a person would type it: to lay two versions side by side, marks included. */
export function wordsOfHtml(html: string): string {
  return wordsOf(parsed(html))
    .replace(/(• |> )\n+/g, "$1")
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{2,}/g, "\n")
    .trim();
}
