import { type MouseEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CardBase } from "../../api/contract";
import { dateText } from "../../ui/format";
import type { Tone } from "../../ui/marks";
import { usePhone } from "../../ui/screen";
import { isPlainPress } from "./BoardCard";
import type { Dated } from "./days";
import { arrowPath, barOf, daysTo, marksOf, ZOOMS, type Zoom } from "./span";
import "./displays.css";
import "./words";

export type Barred<R> = R & { begins_at: string };

interface TimelineProps<R extends CardBase & Dated> {
  label: string;
  rows: Barred<R>[];
  /** Pairs of ids: the first waits for the second. */
  arrows: number[][];
  start: Date;
  zoom: Zoom;
  toneOf: (card: R) => Tone;
  hrefOf: (card: R) => string;
  onOpen: (card: R) => void;
}

const ROW = 36;
const HEAD = 32;

/** Cards as bars from where they begin to where they are due, with what waits for what. */
export function Timeline<R extends CardBase & Dated>(props: TimelineProps<R>) {
  const { rows, start, zoom } = props;
  const { t } = useTranslation("displays");
  const phone = usePhone();
  const { days, width } = ZOOMS[zoom];
  const bars = rows.map((row) => barOf(start, zoom, row.begins_at, row.due_at ?? row.begins_at));
  const today = Math.floor(daysTo(start, new Date()) * 24) / 24;
  const places = new Map(rows.map((row, index) => [row.id, index]));
  const box = useRef<HTMLDivElement>(null);
  // Where there is little room, what has passed is scrolled away; a window without today begins at its first card.
  const lefts = bars.flatMap((bar) => (bar ? [bar.left] : []));
  const first = lefts.length > 0 ? Math.min(...lefts) : 0;
  const looked = today >= 0 && today <= days ? today * width : first;
  useEffect(() => {
    const room = box.current;
    if (room) room.scrollLeft = Math.max(0, looked - room.clientWidth / 3);
  }, [looked]);
  const lines = props.arrows.flatMap(([waits, needed]) => {
    const [to, from] = [places.get(waits ?? 0), places.get(needed ?? 0)];
    const [end, begin] = [bars[from ?? -1], bars[to ?? -1]];
    if (from === undefined || to === undefined || !end || !begin) return [];
    const path = arrowPath(
      { x: end.left + end.width, y: from * ROW + ROW / 2 },
      { x: begin.left, y: to * ROW + ROW / 2 },
    );
    return [{ key: `${waits}-${needed}`, path }];
  });
  const open = (event: MouseEvent, row: R) => {
    if (!isPlainPress(event)) return;
    event.preventDefault();
    props.onOpen(row);
  };
  return (
    <div ref={box} className={phone ? "tl narrow" : "tl"} data-testid="timeline">
      <div className="tl-in" style={{ ["--tl-w" as string]: `${days * width}px` }}>
        <div className="tl-h" style={{ height: HEAD }} aria-hidden>
          <span className="tl-name" />
          <span className="tl-axis">
            {marksOf(start, zoom).map((mark) => (
              <i key={mark.key} className="num" style={{ left: mark.at }}>
                {mark.title}
              </i>
            ))}
          </span>
        </div>
        <ul aria-label={props.label}>
          {rows.map((row, index) => {
            const bar = bars[index];
            const due = row.due_at ?? row.begins_at;
            const told = t("fromTo", {
              title: row.title,
              from: dateText(row.begins_at),
              to: dateText(due),
            });
            return (
              <li key={row.id} className="tl-r" style={{ height: ROW }} data-testid="timeline-row">
                <a
                  className="tl-name"
                  href={props.hrefOf(row)}
                  onClick={(event) => open(event, row)}
                  title={told}
                >
                  <span className="num t3 f12">{row.number}</span>
                  <span className="el">{row.title}</span>
                  <span className="vh">{told}</span>
                </a>
                <span className="tl-axis" aria-hidden>
                  {bar && (
                    // biome-ignore lint/a11y/noStaticElementInteractions: the link beside it answers the keyboard.
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the link beside it answers the keyboard.
                    <span
                      className={[
                        "tl-bar",
                        `tone-${props.toneOf(row)}`,
                        row.is_overdue ? "late" : "",
                        row.state === "open" ? "" : "ended",
                        bar.before ? "before" : "",
                        bar.after ? "after" : "",
                      ].join(" ")}
                      style={{ left: bar.left, width: bar.width }}
                      title={`${told}. ${row.status_title}`}
                      onClick={(event) => open(event, row)}
                      data-testid="timeline-bar"
                    />
                  )}
                </span>
              </li>
            );
          })}
        </ul>
        <div className="tl-over" style={{ top: HEAD }} aria-hidden>
          {today >= 0 && today <= days && (
            <i className="tl-now" style={{ left: today * width }} data-testid="timeline-now" />
          )}
          <svg width={days * width} height={rows.length * ROW}>
            <title>{t("waitsFor")}</title>
            <defs>
              <marker
                id="tl-tip"
                viewBox="0 0 6 6"
                refX="5"
                refY="3"
                markerWidth="6"
                markerHeight="6"
                orient="auto"
              >
                <path d="M0 0L6 3L0 6Z" />
              </marker>
            </defs>
            {lines.map((line) => (
              <path
                key={line.key}
                d={line.path}
                markerEnd="url(#tl-tip)"
                data-testid="timeline-arrow"
              />
            ))}
          </svg>
        </div>
      </div>
    </div>
  );
}
