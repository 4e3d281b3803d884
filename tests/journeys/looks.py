"""What can be told of any screen by looking at it: names of controls, foreign words, the ring of the focus."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

# Addresses, e-mails, colours and file endings are not words.
_ADDRESSES = re.compile(
    r"https?://\S+|[\w.+…-]+@[\w.-]+\w|[\w-]*\.?localhost(:\d+)?|#[0-9a-f]{6}\b|\.[a-z0-9-]+(:\d+)?$", re.IGNORECASE
)
# Keys as they are engraved, formats and programs as they call themselves.
_KNOWN = frozenset(
    "Alt Ctrl Enter Esc Tab Backspace Caps Lock A C D E F J K R S T X PNG JPEG JPG PDF CSV XLSX HEX UTC Chrome Linux"
    " HeadlessChrome Telegram SMS BotFather Start Excel amoCRM SMSC ru Aero Visa Mastercard".split()
)
_WORD = re.compile(r"[A-Za-z]+")

_TEXTS = """() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    if (!box.closest('script,style,noscript') && box.checkVisibility()) texts.push(node.data);
  }
  for (const box of document.body.querySelectorAll('*')) {
    if (!box.checkVisibility()) continue;
    for (const name of ['placeholder', 'title', 'alt', 'aria-label', 'aria-description'])
      if (box.getAttribute(name)) texts.push(box.getAttribute(name));
  }
  texts.push(document.title);
  return texts;
}"""

_NAMELESS = """() => {
  const told = id => document.getElementById(id)?.textContent ?? '';
  const given = box => box.getAttribute('aria-label')
    || (box.getAttribute('aria-labelledby') ?? '').split(/\\s+/).map(told).join(' ').trim() || box.title;
  const labels = box => [...(box.labels ?? [])].map(label => label.textContent).join(' ');
  const inside = box => box.innerText + [...box.querySelectorAll('img[alt],[aria-label]')]
    .map(one => one.alt ?? one.getAttribute('aria-label')).join(' ');
  const typed = 'input:not([type=hidden]),textarea,select';
  const pressed = 'button,a[href],[role=button],[role=tab],[role=option],[role=menuitem],[role=dialog],[role=table]';
  const faults = [];
  for (const box of document.body.querySelectorAll(`${typed},${pressed}`)) {
    if (!box.checkVisibility({visibilityProperty: true}) || box.closest('[aria-hidden=true]')) continue;
    const name = given(box) || (box.matches(typed) ? labels(box) : inside(box));
    if (!name.trim()) faults.push(box.outerHTML.slice(0, 200));
  }
  for (const picture of document.body.querySelectorAll('img:not([alt])')) faults.push(picture.outerHTML.slice(0, 200));
  return faults;
}"""

# How the focused element and the boxes around it are drawn, with the focus and without: a ring may be worn by the frame
# of a field. The element is left and taken again, because the next one may stand in the same frame.
_FOCUSED = """() => {
  const box = document.activeElement;
  if (!box || box === document.body) return null;
  const drawn = one => { const s = getComputedStyle(one);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join() };
  const frames = [box, box.parentElement, box.parentElement?.parentElement].filter(Boolean);
  const look = () => {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
    return frames.map(drawn).join('|') };
  const focused = look();
  box.blur();
  const left = look();
  box.focus({preventScroll: true});
  return focused === left ? box.outerHTML.slice(0, 160) : null;
}"""

# Letters paler against their ground than WCAG AA allows: 4.5, or 3 for large ones. Disabled controls and pictures are
# exempt; where the ground is not one plain colour nothing can be told.
_PALE = """() => {
  const brush = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    brush.clearRect(0, 0, 1, 1); brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255] };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = colour => { const [r, g, b] = colour.map(v => { v /= 255;
    return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }); return .2126 * r + .7152 * g + .0722 * b };
  const ground = box => { const layers = [];
    for (; box; box = box.parentElement) { const style = getComputedStyle(box);
      if (style.backgroundImage !== 'none' || +style.opacity < 1) return null;
      const colour = rgba(style.backgroundColor); layers.push(colour); if (colour[3] === 1) break }
    return layers.reduceRight((under, top) => over(top, under), [255, 255, 255, 1]) };
  const faults = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    if (!node.data.trim() || !box.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (box.closest('script,style,[disabled],[aria-disabled=true],.vh,.skip')) continue;
    const under = ground(box), style = getComputedStyle(box);
    if (!under) continue;
    const [a, b] = [light(over(rgba(style.color), under)), light(under)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
    const ratio = (a + .05) / (b + .05);
    if (ratio < (large ? 3 : 4.5))
      faults.add(`${ratio.toFixed(2)} «${node.data.trim().slice(0, 30)}» ${box.className} ${style.color}`);
  }
  return [...faults];
}"""

# What a change of the theme has begun to fade from one colour into another is there at once.
_FADED = """async () => {
  const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const fading = () => document.getAnimations().filter(one => one instanceof CSSTransition);
  await drawn();
  for (let rounds = 0; rounds < 10 && fading().length; rounds++) {
    for (const one of fading()) one.finish();
    await drawn();
  }
}"""


def crumbs(page: Page) -> list[str]:
    """Latin words a Russian reader would meet on the screen, with the texts they stand in."""
    found = []
    for text in page.evaluate(_TEXTS):
        words = [word for word in _WORD.findall(_ADDRESSES.sub(" ", text.strip())) if word not in _KNOWN]
        if words:
            found.append(text.strip())
    return sorted(set(found))


def nameless(page: Page) -> list[str]:
    """Controls and pictures that a screen reader could not name, as HTML."""
    return page.evaluate(_NAMELESS)


def sideways(page: Page) -> int:
    """How many pixels of the screen stand outside the window.

    A mobile browser widens its window to what does not fit; how wide the device is stays.
    """
    assert page.viewport_size
    width: int = page.evaluate("document.scrollingElement.scrollWidth")
    return max(0, width - page.viewport_size["width"])


def unseen_focus(page: Page, steps: int = 12) -> list[str]:
    """Elements that look the same with the focus as without it, among the first that Tab reaches."""
    faults = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        if unseen := page.evaluate(_FOCUSED):
            faults.append(unseen)
    return sorted(set(faults))


def picture(page: Page, name: str) -> None:
    """Keep what the screen looks like, for people, when `PICTURES` names a folder."""
    if folder := os.environ.get("PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")


def in_both_themes(page: Page, name: str) -> None:
    """Keep what the screen looks like in the dark and in the light, for people, when `PICTURES` names a folder."""
    for theme in ("dark", "light") if os.environ.get("PICTURES") else ():
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        picture(page, f"{name}-{theme}")


def wait_till_faded(page: Page) -> None:
    """Colours are judged where they come to rest."""
    page.evaluate(_FADED)


def pale(page: Page) -> list[str]:
    """Words whose contrast with what lies under them is less than WCAG AA asks for."""
    return page.evaluate(_PALE)
