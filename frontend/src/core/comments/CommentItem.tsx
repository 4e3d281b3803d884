import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Comment } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { Button, IconButton } from "../../ui/button";
import { timeText } from "../../ui/format";
import { Face } from "../../ui/marks";
import { Menu } from "../../ui/menu";
import { complain } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import { Numbered } from "../numbers/Numbered";
import { editComment, isOnItsWay, removeComment } from "./comments";
import type { Draft } from "./draft";
import { MentionBox } from "./MentionBox";
import { fromWire, piecesOf, toWire } from "./mentions";
import { useUnheard } from "./unheard";
import "./words";

interface CommentItemProps {
  kind: CardKind;
  id: number;
  comment: Comment;
}

const ADDRESS = /(https?:\/\/[^\s<>«»"]+[^\s<>«»".,;:!?)])/g;

/** Plain text with its addresses and numbers of cards made clickable; markup in it stays text. */
function Linked({ text, near }: { text: string; near: string }) {
  return text.split(ADDRESS).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one immutable string.
      <a key={index} href={part} target="_blank" rel="noreferrer noopener">
        {part}
      </a>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one immutable string.
      <Numbered key={index} text={part} near={near} />
    ),
  );
}

interface RichTextProps extends Pick<Comment, "text" | "mentions"> {
  /** The kind of card that it stands on. */
  near: string;
}

export function RichText({ text, mentions, near }: RichTextProps) {
  return piecesOf(text, mentions).map((piece, index) =>
    "person" in piece ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one immutable string.
      <span key={index} className="mention" title={piece.person.full_name}>
        @{piece.person.name}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one immutable string.
      <Linked key={index} text={piece.text} near={near} />
    ),
  );
}

/** A person's words, large; own ones can be changed or taken away. */
export function CommentItem({ kind, id, comment }: CommentItemProps) {
  const { t } = useTranslation("comments");
  const [editing, setEditing] = useState<Draft | null>(null);
  const { author } = comment;
  const unheard = useUnheard(comment.id);
  const begin = () =>
    setEditing({ text: fromWire(comment.text, comment.mentions), picked: comment.mentions });
  return (
    <article className={isOnItsWay(comment) ? "msg going" : "msg"} data-testid="comment">
      <Face id={author.id} initials={author.initials} photo={author.photo_url} size="m" />
      <div className="grow">
        <div className="w">
          <b>{author.name}</b>
          <time dateTime={comment.created_at}>{timeText(comment.created_at)}</time>
          {isOnItsWay(comment) && <span className="f12 t3">{t("saving")}</span>}
          {comment.edited_at && <span className="f12 t3">{t("edited")}</span>}
          {comment.is_mine && !isOnItsWay(comment) && (
            <Menu
              label={t("actions")}
              alignEnd
              trigger={(open) => (
                <IconButton
                  icon="ellipsis"
                  label={t("actions")}
                  size={14}
                  className="msg-more"
                  {...open}
                />
              )}
              items={[
                { key: "edit", title: t("edit"), icon: "pencil", run: begin },
                {
                  key: "remove",
                  title: t("remove"),
                  icon: "trash-2",
                  danger: true,
                  run: () => removeComment(kind, id, comment),
                },
              ]}
            />
          )}
        </div>
        {editing ? (
          <CommentEditor
            draft={editing}
            onChange={setEditing}
            onSave={() => {
              const text = toWire(editing.text.trim(), editing.picked);
              if (!text) return;
              editComment(kind, id, comment, text).then(
                () => setEditing(null),
                (error) => complain(sentenceOf(error)),
              );
            }}
            onCancel={() => setEditing(null)}
          />
        ) : (
          <div className="msg-text">
            <RichText text={comment.text} mentions={comment.mentions} near={kind.code} />
          </div>
        )}
        {unheard.length > 0 && (
          <p className="msg-unheard" role="status" data-testid="not-notified">
            {t("unheard", {
              count: unheard.length,
              names: unheard.map(({ name }) => name).join(", "),
            })}
          </p>
        )}
      </div>
    </article>
  );
}

interface EditorProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  onSave: () => void;
  onCancel: () => void;
}

function CommentEditor({ draft, onChange, onSave, onCancel }: EditorProps) {
  const { t } = useTranslation("ui");
  return (
    <div className="writer own">
      <MentionBox draft={draft} onChange={onChange} onSend={onSave} onCancel={onCancel} />
      <div className="tools">
        <span className="grow" />
        <Button look="quiet" size="sm" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button look="primary" size="sm" disabled={!draft.text.trim()} onClick={onSave}>
          {t("save")}
        </Button>
      </div>
    </div>
  );
}
