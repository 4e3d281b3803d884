import type { PointerEvent } from "react";
import { useRef } from "react";
import type { Attachment } from "../../api/contract";
import { contentAddress } from "./files";

interface PictureProps {
  file: Attachment;
  zoom: number;
  onZoom: (zoom: number) => void;
  onStep: (by: number) => void;
  onClose: () => void;
}

const FAR = 60;
const NEAR = 6;
const CLOSER = 2.5;

/** A picture as large as the screen: a finger swipes, a second press looks closer, a pulled one moves. */
export function PictureView({ file, zoom, onZoom, onStep, onClose }: PictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const from = useRef<{ x: number; y: number; left: number; top: number } | null>(null);

  const down = (event: PointerEvent<HTMLDivElement>) => {
    const { scrollLeft, scrollTop } = event.currentTarget;
    from.current = { x: event.clientX, y: event.clientY, left: scrollLeft, top: scrollTop };
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const begun = from.current;
    if (!begun || zoom === 1 || event.pointerType !== "mouse") return;
    event.currentTarget.scrollTo(
      begun.left - (event.clientX - begun.x),
      begun.top - (event.clientY - begun.y),
    );
  };
  const up = (event: PointerEvent<HTMLDivElement>) => {
    const begun = from.current;
    from.current = null;
    if (!begun) return;
    const [x, y] = [event.clientX - begun.x, event.clientY - begun.y];
    if (zoom === 1 && Math.abs(x) > FAR && Math.abs(x) > Math.abs(y)) return onStep(x < 0 ? 1 : -1);
    const still = Math.abs(x) < NEAR && Math.abs(y) < NEAR;
    if (still && event.target === event.currentTarget) onClose();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and buttons around it do the same.
    <div
      ref={box}
      className={zoom > 1 ? "viewer-pic close-up" : "viewer-pic"}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={() => {
        from.current = null;
      }}
      onDoubleClick={() => onZoom(zoom > 1 ? 1 : CLOSER)}
      onWheel={(event) => {
        if (event.ctrlKey)
          onZoom(Math.min(6, Math.max(1, zoom * (event.deltaY < 0 ? 1.2 : 1 / 1.2))));
      }}
    >
      <img
        key={file.id}
        src={contentAddress(file)}
        alt={file.name}
        draggable={false}
        style={
          zoom > 1 ? { width: `${zoom * 100}%`, maxWidth: "none", maxHeight: "none" } : undefined
        }
      />
    </div>
  );
}
