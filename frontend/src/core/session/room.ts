import { useLayoutEffect, useRef } from "react";

/** Lines at the top of the window, the first on top; everything beneath makes room for all of them. */
const lines: HTMLElement[] = [];

function lay(): void {
  let room = 0;
  for (const line of lines) {
    line.style.top = `${room}px`;
    room += line.offsetHeight;
  }
  const { style } = document.documentElement;
  if (lines.length > 0) style.setProperty("--banner-h", `${room}px`);
  else style.removeProperty("--banner-h");
}

/** How much room a line takes at the top of the window is told to the styles of everything beneath it. */
export function useRoom<T extends HTMLElement>(shown: boolean) {
  const line = useRef<T>(null);
  useLayoutEffect(() => {
    const element = line.current;
    if (!shown || !element) return;
    lines.push(element);
    lay();
    const watch = new ResizeObserver(lay);
    watch.observe(element);
    return () => {
      watch.disconnect();
      lines.splice(lines.indexOf(element), 1);
      lay();
    };
  }, [shown]);
  return line;
}
