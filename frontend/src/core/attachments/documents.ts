import { brought } from "../session/parts";

/** Word documents taken apart in the browser: nothing of them runs, nothing outside is asked for. */

const TOO_LARGE = 100 * 1024 * 1024;
const [END, ENTRY] = [0x06054b50, 0x02014b50];
const [END_SIZE, ENTRY_SIZE, LONGEST_COMMENT] = [22, 46, 65_535];
/** On a telephone lines are broken anew: a page as wide as the screen could not be read. */
const NARROW = 600;
const PLACE = "data-place";
const SAFE_LINK = /^(https?:|mailto:|tel:)/i;

/** What a frame without scripts may load: what the document itself has brought along. */
export const FRAME = `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Документ</title>
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">
<style>html{background:#e9e9e6}body{margin:0}</style></html>`;

/** Looks of the pages, after those that the document brings. */
const LOOKS = `.docx-wrapper{background:none!important;padding:12px!important}
.docx-wrapper>section.docx{margin-bottom:12px!important}
[data-place]{cursor:pointer}
@media (max-width:${NARROW - 1}px){
.docx-wrapper{padding:0!important}
.docx-wrapper>section.docx{box-sizing:border-box;width:100%!important;min-height:0!important;
padding:16px!important;columns:auto!important}
section.docx table{display:block;max-width:100%;overflow-x:auto}
section.docx img{max-width:100%;height:auto!important}}`;

/** Bytes that the parts of a ZIP say they take when they are unpacked; infinity when its directory is not read. */
export function unpackedSize(bytes: Uint8Array<ArrayBuffer>): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = Math.max(0, bytes.length - END_SIZE - LONGEST_COMMENT);
  let end = bytes.length - END_SIZE;
  while (end >= from && view.getUint32(end, true) !== END) end -= 1;
  if (end < from || end < 0) return Number.POSITIVE_INFINITY;
  let at = view.getUint32(end + 16, true);
  let size = 0;
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + ENTRY_SIZE > bytes.length || view.getUint32(at, true) !== ENTRY)
      return Number.POSITIVE_INFINITY;
    size += view.getUint32(at + 24, true);
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    at += ENTRY_SIZE + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return size;
}

/** Pages of a document as elements; the library comes with the first one that is opened. */
export async function pagesOf(bytes: Uint8Array<ArrayBuffer>): Promise<Node[]> {
  if (unpackedSize(bytes) > TOO_LARGE) throw new Error("the document is too large");
  const { parseAsync, renderDocument } = await brought(() => import("docx-preview"))();
  const options = {
    useBase64URL: true,
    // A piece of foreign markup in a frame of its own.
    renderAltChunks: false,
  };
  const nodes = await renderDocument(await parseAsync(new Blob([bytes]), options), options);
  for (const node of nodes) if (node instanceof Element) tame(node);
  return nodes;
}

/** Take away what could act: foreign frames and programs, links that are none, handlers of events. */
export function tame(root: Element): void {
  for (const one of root.querySelectorAll("script,iframe,object,embed,form,link,meta,base"))
    one.remove();
  for (const one of [root, ...root.querySelectorAll("*")]) {
    for (const { name, value } of [...one.attributes]) {
      if (name.toLowerCase().startsWith("on")) one.removeAttribute(name);
      const leads = /^((xlink:)?href|src|srcset|srcdoc|action|formaction)$/i.test(name);
      if (leads && !isBrought(one, value)) one.removeAttribute(name);
      if (leads && one.localName === "a") keepLink(one, value.trim());
    }
  }
}

const isBrought = (one: Element, target: string): boolean =>
  one.localName !== "a" && /^(#|data:(image|font)\/)/i.test(target);

/** A link to an address opens apart; one to a place in the document is followed by the page around it. */
function keepLink(link: Element, target: string): void {
  const here = window.location.href.split("#")[0];
  if (target.startsWith("#") || target.startsWith(`${here}#`)) {
    link.setAttribute(PLACE, target.slice(target.indexOf("#") + 1));
    link.setAttribute("tabindex", "0");
    link.setAttribute("role", "link");
    return;
  }
  if (!SAFE_LINK.test(target)) return;
  link.setAttribute("href", target);
  link.setAttribute("target", "_blank");
  link.setAttribute("rel", "noopener noreferrer");
}

/** Lay the pages into a frame so that whole lines are seen. */
export function layOut(frame: HTMLIFrameElement, pages: readonly Node[]): void {
  const held = frame.contentDocument;
  if (!held) return;
  const looks = held.createElement("style");
  looks.textContent = LOOKS;
  held.body.replaceChildren(...pages, looks);
  held.body.onclick = (event) => {
    const place = (event.target as Element).closest(`[${PLACE}]`)?.getAttribute(PLACE);
    if (place) held.getElementById(place)?.scrollIntoView();
  };
  scaleDown(frame);
}

/** The scale at which the widest page is as wide as the frame; never larger than life. */
export function scaleDown(frame: HTMLIFrameElement): void {
  const held = frame.contentDocument;
  if (!held) return;
  held.body.style.zoom = "1";
  if (frame.clientWidth < NARROW) return;
  const pages = [...held.querySelectorAll<HTMLElement>("section.docx")];
  const widest = Math.max(1, ...pages.map((page) => page.offsetWidth + 24));
  held.body.style.zoom = String(Math.min(1, frame.clientWidth / widest));
}
