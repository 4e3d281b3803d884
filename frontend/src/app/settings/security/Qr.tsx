import { useMemo } from "react";

/** The drawing as an address of its own. As HTML, because one made to stand in a page does not name its namespace. */
function addressOfDrawing(svg: string): string | null {
  const drawing = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
  if (!drawing) return null;
  const text = new XMLSerializer().serializeToString(drawing);
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

/** The server draws the code as SVG; it is shown as a picture, in which nothing runs whatever stands in it. */
export function Qr({ svg, label }: { svg: string; label: string }) {
  const address = useMemo(() => addressOfDrawing(svg), [svg]);
  return <span className="qr">{address && <img src={address} alt={label} />}</span>;
}
