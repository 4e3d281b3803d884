import { useEffect, useRef } from "react";

/** The server draws the code as SVG; it is placed as a drawing, with nothing in it that could run. */
export function Qr({ svg, label }: { svg: string; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // As HTML, because a drawing made to stand in a page does not name its namespace.
    const drawing = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
    if (!drawing) return;
    for (const node of drawing.querySelectorAll("script,foreignObject")) node.remove();
    box.current?.replaceChildren(document.importNode(drawing, true));
  }, [svg]);
  return <div ref={box} className="qr" role="img" aria-label={label} />;
}
