import { useEffect, useRef } from "react";

/** The server draws the code as SVG; it is placed as a drawing, with nothing in it that could run. */
export function Qr({ svg, label }: { svg: string; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    if (parsed.nodeName.toLowerCase() !== "svg") return;
    for (const node of parsed.querySelectorAll("script,foreignObject")) node.remove();
    box.current?.replaceChildren(document.importNode(parsed, true));
  }, [svg]);
  return <div ref={box} className="qr" role="img" aria-label={label} />;
}
