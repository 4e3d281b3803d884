import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Paper } from "../../api/help";
import { FileBox } from "../../core/attachments/FileBox";
import { momentText, sizeText } from "../../ui/format";
import { Tag } from "../../ui/marks";
import "./help.css";
import "./words";

export interface TalkLine {
  id: number;
  at: string;
  author: string;
  text: string;
  is_support: boolean;
  files: Paper[];
}

interface TalkProps<T extends TalkLine> {
  lines: T[];
  fileAt: (file: Paper) => string;
  /** Said beside the name: that only colleagues read it. */
  mark?: (line: T) => string | null;
  /** Words of these stand on the right: the reader's own side. */
  own: (line: T) => boolean;
  earlier: ReactNode;
}

/** A talk from its beginning to its end, as both sides see it. Words are words: nothing in them is markup. */
export function Talk<T extends TalkLine>({ lines, fileAt, mark, own, earlier }: TalkProps<T>) {
  return (
    <div className="appeal-talk" aria-live="polite">
      {earlier}
      {lines.map((line) => {
        const marked = mark?.(line) ?? null;
        const sort = marked ? "note" : own(line) ? "own" : "theirs";
        return (
          <article key={line.id} className={`appeal-talk-line ${sort}`} data-testid="talk-line">
            <header className="f12 t3">
              <span className="sb">{line.author}</span>
              <span className="num">{momentText(line.at)}</span>
              {marked && <Tag tone="amber">{marked}</Tag>}
            </header>
            <p className="appeal-talk-text">{line.text}</p>
            {line.files.map((file) => (
              <Sent key={file.id} file={file} href={fileAt(file)} />
            ))}
          </article>
        );
      })}
    </div>
  );
}

function Sent({ file, href }: { file: Paper; href: string }) {
  const { t } = useTranslation("help");
  const size = sizeText(file.size);
  const ready = file.state === "ready";
  const note = ready ? (
    size
  ) : file.state === "rejected" ? (
    <span className="red">{t("rejected", { reason: file.reason ?? "" })}</span>
  ) : (
    `${size} · ${t("checking")}`
  );
  return (
    <FileBox
      name={file.name}
      note={note}
      href={ready ? href : null}
      label={t("openFile", { name: file.name })}
    />
  );
}
