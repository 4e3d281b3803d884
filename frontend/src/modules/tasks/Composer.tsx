import { useNavigate } from "@tanstack/react-router";
import type { FormEvent, KeyboardEvent } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import type { ComposerProps } from "../../core/entities/module";
import { DueInput } from "../../core/forms/DueInput";
import { parseDue } from "../../core/forms/due";
import { tieRef } from "../../core/links/links";
import { ChannelTicks } from "../../core/notices/ChannelTicks";
import type { Channel } from "../../core/notices/notices";
import { selfOf } from "../../core/people/choice";
import { PersonInput } from "../../core/people/PersonInput";
import { cache } from "../../core/session/cache";
import { recount, useMe } from "../../core/session/session";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextAreaField } from "../../ui/field";
import { Form, pressed } from "../../ui/form";
import { memory } from "../../ui/store";
import { say } from "../../ui/toast";
import { ComposerHelpers } from "./ComposerHelpers";
import { ComposerNumber } from "./ComposerNumber";
import { ComposerType } from "./ComposerType";
import { PhraseChips } from "./PhraseChips";
import { readPhrase, toldBy, usePhrase } from "./phrase";
import { TASKS, type Task } from "./task";
import { useUsualDue } from "./usualDue";
import "./tasks.css";
import "./words";

interface Draft {
  text: string;
  assignee: Person | null;
  /** What was typed; null while nobody has touched it: then the company's usual one stands there. */
  due: string | null;
  helpers?: Person[];
  /** Pieces that the person has taken back: they are words. */
  ignore?: string[];
  /** Namesakes told apart by hand. */
  chosen?: Record<string, Person>;
  channels?: Channel[];
}

const DRAFT_KEY = "pult.draft.tasks.new";
/** Values of the buttons that send otherwise than the first one does. */
const AGAIN = "again";
const AS_DRAFT = "draft";
const EMPTY: Draft = { text: "", assignee: null, due: null };

function remembered(): Draft {
  const raw = memory.read(DRAFT_KEY);
  return raw ? (JSON.parse(raw) as Draft) : EMPTY;
}

/** Three fields: what, who, until when. Typed text survives a closed window. */
export function Composer({ onClose, onMade }: ComposerProps) {
  const { t } = useTranslation("tasks");
  const me = useMe();
  const navigate = useNavigate();
  const againButton = useRef<HTMLButtonElement>(null);
  const [draft, setDraft] = useState(remembered);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [line = "", ...more] = draft.text.split("\n");
  const ignore = draft.ignore ?? [];
  const chosen = draft.chosen ?? {};
  const phrase = usePhrase(line, ignore);
  const told = toldBy(phrase, chosen);
  const usual = useUsualDue();
  // What the line says goes before what the company gives.
  const due = draft.due ?? (told.due_at ? "" : usual.text);
  const assignee = draft.assignee ?? told.assignee ?? selfOf(me);
  const helpers = draft.helpers ?? told.helpers;
  const channels = draft.channels ?? [];
  const [type, setType] = useState("");
  const [reserved, setReserved] = useState<number | null>(null);

  const change = (next: Partial<Draft>) => {
    const whole = { ...draft, ...next };
    setDraft(whole);
    setErrors({});
    memory.write(DRAFT_KEY, whole.text ? JSON.stringify(whole) : null);
  };

  const fieldsNow = async () => {
    const now = toldBy(await readPhrase(line, ignore), chosen);
    return {
      cards: now.cards,
      fields: {
        // A line of nothing but pieces is a title all the same.
        title: now.title || line.trim(),
        description: more.join("\n").trim(),
        assignee: (draft.assignee ?? now.assignee ?? selfOf(me)).id,
        due_at: (draft.due === null && now.due_at) || (parseDue(due)?.toISOString() ?? now.due_at),
        due_by_default: !usual.mayName,
        co_assignees: (draft.helpers ?? now.helpers).map((one) => one.id),
        priority: now.priority,
      },
    };
  };

  const send = async (again: boolean, isDraft = false) => {
    if (!line.trim()) return setErrors({ title: t("needTitle") });
    if (due.trim() && !parseDue(due)) return;
    setBusy(true);
    try {
      const { fields, cards } = await fieldsNow();
      const task = await post<Task>("tasks/", {
        ...fields,
        channels,
        card_type: type,
        is_draft: isDraft,
        reserved_number: reserved,
      });
      memory.write(DRAFT_KEY, null);
      for (const ref of cards) await tieRef(TASKS, task.id, ref, "related");
      onMade?.(task.ref);
      if (reserved) void cache.invalidateQueries({ queryKey: ["reserved-numbers"] });
      setReserved(null);
      setDraft({ ...EMPTY, assignee: again ? draft.assignee : null });
      if (!again) onClose();
      recount();
      void cache.invalidateQueries({ queryKey: ["home"] });
      void cache.invalidateQueries({ queryKey: [TASKS.code] });
      say(t(isDraft ? "composerDrafted" : "composerDone", { number: task.number }), {
        action: {
          title: t("composerOpen"),
          run: () => void navigate({ to: `${TASKS.route}/${task.id}` } as never),
        },
      });
    } catch (problem) {
      const fields = problem instanceof ApiProblem ? problem.fields : {};
      setErrors(Object.keys(fields).length > 0 ? fields : { title: sentenceOf(problem) });
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const way = pressed(event)?.value;
    void send(way === AGAIN, way === AS_DRAFT);
  };
  const press = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.currentTarget.requestSubmit(event.shiftKey ? againButton.current : null);
  };

  return (
    <Dialog title={t("composerTitle")} width={640} onClose={onClose}>
      <Form className="composer" onSubmit={submit} onKeyDown={press}>
        <TextAreaField
          label={t("composerWhat")}
          rows={3}
          placeholder={t("composerHint")}
          hint={t("composerMore")}
          error={
            errors.title ??
            errors.description ??
            errors.fields ??
            errors.card_type ??
            (usual.mayName ? undefined : errors.due_at) ??
            errors[""]
          }
          value={draft.text}
          onChange={(event) => change({ text: event.target.value })}
          data-autofocus
          data-testid="composer-title"
        />
        <PhraseChips
          pieces={phrase.pieces}
          chosen={chosen}
          onChoose={(piece, person) => change({ chosen: { ...chosen, [piece.text]: person } })}
          onDrop={(piece) => change({ ignore: [...ignore, piece.text] })}
        />
        <div className="composer-two">
          <div>
            <span className="lbl">{t("assignee")}</span>
            <PersonInput
              label={t("assignee")}
              value={assignee}
              onPick={(person) => change({ assignee: person })}
              data-testid="composer-assignee"
            />
            {errors.assignee && <div className="fld-msg err">{errors.assignee}</div>}
          </div>
          {usual.mayName && (
            <div>
              <span className="lbl">{t("due")}</span>
              <DueInput
                label={t("due")}
                text={due}
                onChange={(text) => change({ due: text })}
                data-testid="composer-due"
              />
              {errors.due_at && <div className="fld-msg err">{errors.due_at}</div>}
            </div>
          )}
        </div>
        <ComposerType value={type} onChange={setType} />
        <ComposerNumber value={reserved} error={errors.reserved_number} onChange={setReserved} />
        <ComposerHelpers
          helpers={helpers}
          error={errors.co_assignees}
          onChange={(next) => change({ helpers: next })}
        />
        {assignee.id !== me.id && (
          <ChannelTicks chosen={channels} onChange={(next) => change({ channels: next })} />
        )}
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="composer-submit">
            {t("composerSubmit")}
          </Button>
          <Button ref={againButton} look="quiet" type="submit" value={AGAIN} disabled={busy}>
            {t("composerAgain")}
          </Button>
          <Button
            look="quiet"
            type="submit"
            value={AS_DRAFT}
            disabled={busy}
            data-testid="composer-draft"
          >
            {t("composerDraft")}
          </Button>
          <span className="grow" />
          <span className="kbd composer-keys">{t("composerKeys")}</span>
        </div>
      </Form>
    </Dialog>
  );
}
