import type { MouseEvent, ReactNode } from "react";
import type { Tone } from "../../ui/marks";
import "./files.css";

const TONES: Record<string, Tone> = {
  xls: "green",
  xlsx: "green",
  csv: "green",
  pdf: "red",
  doc: "blue",
  docx: "blue",
  dwg: "blue",
  png: "violet",
  jpg: "violet",
  jpeg: "violet",
  webp: "violet",
  zip: "amber",
};

function extensionOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
}

interface FileBoxProps {
  name: string;
  note: ReactNode;
  href?: string | null;
  label?: string;
  share?: number;
  /** A small picture in place of the ending. */
  thumb?: string | undefined;
  /** A plain press opens it here; with Ctrl or the wheel the browser does as it always does. */
  onOpen?: (() => void) | undefined;
  children?: ReactNode;
}

/** One file: what it is, how big, what state it is in. */
export function FileBox(props: FileBoxProps) {
  const { name, note, href, label, share, thumb, onOpen, children } = props;
  const extension = extensionOf(name);
  const press = (event: MouseEvent) => {
    if (!onOpen || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen();
  };
  const title = (
    <>
      <span className="el file-name">{name}</span>
      <span className="f12 t3 el num">{note}</span>
    </>
  );
  return (
    <div className="filebox" data-testid="file">
      {thumb ? (
        <img className="fic" src={thumb} alt="" loading="lazy" decoding="async" />
      ) : (
        <span className={`fic tone-${TONES[extension] ?? "neutral"}`} aria-hidden>
          {extension.slice(0, 4).toUpperCase() || "…"}
        </span>
      )}
      {href ? (
        <a
          className="grow file-text"
          href={href}
          target="_blank"
          rel="noreferrer"
          aria-label={label}
          onClick={press}
        >
          {title}
        </a>
      ) : (
        <span className="grow file-text">{title}</span>
      )}
      {children}
      {share !== undefined && (
        <span className="bar file-bar">
          <i style={{ width: `${Math.round(share * 100)}%` }} />
        </span>
      )}
    </div>
  );
}
