import { useEffect, useRef } from "react";

/**
 * Hot keys by the physical key, so that they work in the Russian layout too.
 * Names: `KeyJ`, `Slash`, `shift+Slash`, `ctrl+KeyK` (⌘ counts as Ctrl).
 */
export type HotKeys = Record<string, (event: KeyboardEvent) => void>;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button"].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.isContentEditable
  );
}

export function chordOf(
  event: Pick<KeyboardEvent, "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">,
): string {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  if (event.shiftKey) parts.push("shift");
  return [...parts, event.code].join("+");
}

/** Layers above the page (dialogs, menus) own the keyboard while they are open. */
function layerOpen(): boolean {
  return document.querySelector(".pop, .scrim, .palette") !== null;
}

interface Options {
  enabled?: boolean;
  /** Works while a dialog or a menu is open, or while typing. */
  always?: boolean;
}

export function useHotKeys(keys: HotKeys, { enabled = true, always = false }: Options = {}): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!enabled) return;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (!always && (isTyping(event.target) || layerOpen())) return;
      const run = current.current[chordOf(event)];
      if (!run) return;
      event.preventDefault();
      run(event);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [enabled, always]);
}
