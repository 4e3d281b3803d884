import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { Button, IconButton } from "../../ui/button";
import { attach } from "../attachments/uploads";
import { type CardKind, refOf } from "../entities/kind";
import { useMe } from "../session/session";
import "./comments.css";
import { sendComment } from "./comments";
import { useDraft } from "./draft";
import { MentionBox, type MentionBoxHandle } from "./MentionBox";
import { toWire } from "./mentions";
import "./words";

interface WriterProps {
  kind: CardKind;
  id: number;
  canAttach: boolean;
  onSent: () => void;
}

/** The writing box at the foot of the stream. */
export function Writer({ kind, id, canAttach, onSent }: WriterProps) {
  const { t } = useTranslation("comments");
  const me = useMe();
  const { draft, keep, putBack } = useDraft(refOf(kind, id));
  const [error, setError] = useState<string>();
  const box = useRef<MentionBoxHandle>(null);
  const file = useRef<HTMLInputElement>(null);

  const send = async () => {
    const text = draft.text.trim();
    if (!text) return;
    const author: Person = { ...me, is_active: true };
    setError(undefined);
    keep({ text: "", picked: [] });
    onSent();
    try {
      await sendComment(kind, id, toWire(text, draft.picked), author, draft.picked);
    } catch (problem) {
      putBack(draft);
      const away = problem instanceof ApiProblem && problem.isUnreachable;
      setError(away ? t("away") : t("kept", { reason: sentenceOf(problem) }));
    }
  };

  return (
    <div className="writer">
      <MentionBox
        draft={draft}
        onChange={keep}
        onSend={() => void send()}
        handle={box}
        onCancel={() => (document.activeElement as HTMLElement | null)?.blur()}
        data-testid="comment-box"
        onPaste={(event) => {
          if (!canAttach || event.clipboardData.files.length === 0) return;
          event.preventDefault();
          attach(kind, id, [...event.clipboardData.files]);
        }}
      />
      {error && (
        <p className="fld-msg err writer-err" role="alert">
          {error}
        </p>
      )}
      <div className="tools">
        {canAttach && (
          <>
            <IconButton
              icon="paperclip"
              label={t("attach")}
              small
              onClick={() => file.current?.click()}
            />
            <input
              ref={file}
              type="file"
              multiple
              className="vh"
              tabIndex={-1}
              aria-label={t("attach")}
              onChange={(event) => {
                attach(kind, id, [...(event.target.files ?? [])]);
                event.target.value = "";
              }}
            />
          </>
        )}
        <IconButton
          icon="at-sign"
          label={t("mention")}
          small
          onClick={() => box.current?.startMention()}
        />
        <span className="grow" />
        <Button
          look="primary"
          size="sm"
          title={t("sendHint")}
          disabled={!draft.text.trim()}
          onClick={() => void send()}
          data-testid="comment-send"
        >
          {t("send")}
        </Button>
      </div>
    </div>
  );
}
