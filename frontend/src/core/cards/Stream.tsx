import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment, Comment, HistoryEntry } from "../../api/contract";
import { dayCaption, sizeText, timeText } from "../../ui/format";
import { FileBox } from "../attachments/FileBox";
import { contentAddress, useFiles } from "../attachments/files";
import { viewFile } from "../attachments/viewing";
import { CommentItem } from "../comments/CommentItem";
import { useComments } from "../comments/comments";
import { Writer } from "../comments/Writer";
import { type CardKind, has } from "../entities/kind";
import { HistoryLine } from "../history/HistoryLine";
import { useHistory } from "../history/history";
import { toolState } from "./ToolState";
import "./words";

interface StreamProps {
  kind: CardKind;
  id: number;
  canComment: boolean;
  canAttach: boolean;
}

type Tab = "all" | "comments" | "history" | "files";

interface Moment {
  key: string;
  at: string;
  shown: ReactNode;
}

/** Comments are facts too; in the common stream their own words say it better. */
const isComment = (entry: HistoryEntry): boolean => /comment/.test(entry.kind);

const fileMoment = (kind: CardKind, id: number, file: Attachment): Moment => ({
  key: `f${file.id}`,
  at: file.created_at,
  shown: (
    <div className="stream-file">
      <FileBox
        name={file.name}
        note={`${sizeText(file.size)} · ${file.author.name} · ${timeText(file.created_at)}`}
        href={file.state === "ready" ? contentAddress(file) : null}
        onOpen={() => viewFile(kind, id, file.id)}
      />
    </div>
  ),
});

/** One stream of people's words and what happened, with the writing box at the foot. */
export function Stream({ kind, id, canComment, canAttach }: StreamProps) {
  const { t } = useTranslation("cards");
  const [tab, setTab] = useState<Tab>("all");
  const comments = useComments(kind, id);
  const history = useHistory(kind, id);
  const files = useFiles(kind, id);
  const list = comments.data ?? [];

  const words = list.map((comment: Comment) => ({
    key: `c${comment.id}`,
    at: comment.created_at,
    shown: <CommentItem kind={kind} id={id} comment={comment} />,
  }));
  // Newest first as they come: facts of one transaction have one moment and are told in the order of their writing.
  const facts = [...(history.data ?? [])]
    .reverse()
    .filter((entry) => tab === "history" || !isComment(entry))
    .map((entry) => ({
      key: `h${entry.id}`,
      at: entry.at,
      shown: <HistoryLine kind={kind} id={id} entry={entry} />,
    }));
  const attached = (files.data ?? []).map((file) => fileMoment(kind, id, file));
  const shown = { all: [...words, ...facts], comments: words, history: facts, files: attached }[
    tab
  ];
  const sorted = [...shown].sort((a, b) => a.at.localeCompare(b.at));

  const titles: [Tab, string, number | null][] = [
    ["all", t("streamAll"), null],
    ["comments", t("streamComments"), list.length || null],
    ["history", t("streamHistory"), null],
    ["files", t("streamFiles"), attached.length || null],
  ];
  const tools = { comments, files };
  const shownTabs = titles.filter(
    ([code]) =>
      (code !== "comments" || has(kind, "comments")) &&
      (!(code in tools) || toolState(tools[code as keyof typeof tools]) !== "none"),
  );
  const emptyText = {
    all: t("empty"),
    history: t("empty"),
    comments: t("emptyComments"),
    files: t("emptyFiles"),
  };
  const [sent, setSent] = useState(0);

  return (
    <aside className="dr-r" aria-label={t("stream")}>
      <div className="stream-h" role="tablist" aria-label={t("stream")}>
        {shownTabs.map(([code, title, count]) => (
          <button
            key={code}
            type="button"
            role="tab"
            aria-selected={tab === code}
            onClick={() => setTab(code)}
          >
            {title} {count && <span className="num">{count}</span>}
          </button>
        ))}
      </div>
      <Moments
        moments={sorted}
        stick={`${tab}-${sent}`}
        empty={comments.isLoading ? null : emptyText[tab]}
        earlier={
          history.hasNextPage && (tab === "all" || tab === "history") ? (
            <button type="button" className="link f12" onClick={() => void history.fetchNextPage()}>
              {t("earlier")}
            </button>
          ) : null
        }
      />
      {canComment && (
        <Writer kind={kind} id={id} canAttach={canAttach} onSent={() => setSent(sent + 1)} />
      )}
    </aside>
  );
}

interface MomentsProps {
  moments: Moment[];
  stick: string;
  empty: string | null;
  earlier: ReactNode;
}

const NEAR_FOOT = 80;

/** Days as captions; the foot stays in sight while new words arrive, unless one has scrolled away. */
function Moments({ moments, stick, empty, earlier }: MomentsProps) {
  const box = useRef<HTMLDivElement>(null);
  const atFoot = useRef(true);
  const last = moments.at(-1)?.key;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last moment moves the foot.
  useLayoutEffect(() => {
    if (atFoot.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tab or own words go to the foot.
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [stick]);

  const rows = moments.map((moment, index) => {
    const day = dayCaption(moment.at);
    const before = moments[index - 1];
    const opens = !before || dayCaption(before.at) !== day;
    return (
      <div key={moment.key} className="moment">
        {opens && <div className="daysep">{day}</div>}
        {moment.shown}
      </div>
    );
  });
  return (
    <div
      ref={box}
      className="stream"
      onScroll={({ currentTarget: el }) => {
        atFoot.current = el.scrollHeight - el.scrollTop - el.clientHeight < NEAR_FOOT;
      }}
    >
      <div className="stream-in">
        {earlier}
        {rows.length > 0 ? rows : empty && <p className="hint stream-empty">{empty}</p>}
      </div>
    </div>
  );
}
